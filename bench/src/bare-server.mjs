// The floor of the MCP benchmarks: the SDK with one tool and nothing else, in plain JavaScript.
// `node bare-server.mjs stdio|http`
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';

function createBareServer() {
  const server = new Server({ name: 'bare', version: '0.0.0' }, { capabilities: { tools: {} } });
  const inputSchema = { type: 'object', properties: {} };
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: [{ name: 'workflow_list', inputSchema }],
  }));
  server.setRequestHandler(CallToolRequestSchema, () => ({
    content: [{ type: 'text', text: '{}' }],
    structuredContent: {},
  }));
  return server;
}

if (process.argv[2] === 'http') {
  const { StreamableHTTPServerTransport } =
    await import('@modelcontextprotocol/sdk/server/streamableHttp.js');
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => randomUUID() });
  await createBareServer().connect(transport);
  const http = createServer((request, response) => void transport.handleRequest(request, response));
  http.listen(0, '127.0.0.1', () => console.error(`http://127.0.0.1:${http.address().port}/mcp`));
} else {
  const { StdioServerTransport } = await import('@modelcontextprotocol/sdk/server/stdio.js');
  await createBareServer().connect(new StdioServerTransport());
}
