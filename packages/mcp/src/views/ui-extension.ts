/** The extension `io.modelcontextprotocol/ui` (MCP Apps): a host shows the result of a tool in a view. */
export const viewMimeType = 'text/html;profile=mcp-app';

/** As both revisions declare it. */
export const uiExtension = { 'io.modelcontextprotocol/ui': { mimeTypes: [viewMimeType] } };

/** On the definition of a tool. The flat key is for hosts of before the extension was settled. */
export function toToolMeta(resourceUri: string) {
  return { ui: { resourceUri, visibility: ['model', 'app'] }, 'ui/resourceUri': resourceUri };
}

/** On a view: it reaches no network, and looks better with a border. */
export const viewMeta = {
  ui: {
    csp: { connectDomains: [], resourceDomains: [], frameDomains: [], baseUriDomains: [] },
    prefersBorder: true,
  },
};
