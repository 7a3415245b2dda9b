/** The extension `io.modelcontextprotocol/ui` (MCP Apps): results that a host shows in a view. */
/** As both revisions declare it. */
export const uiExtension = { 'io.modelcontextprotocol/ui': { mimeTypes: ['text/html;profile=mcp-app'] } };
