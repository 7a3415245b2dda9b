/** The floor of the MCP benchmarks: the SDK with one tool and nothing else. `node bare-server.ts stdio|http` */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';

function createBareServer(): Server {
  const server = new Server({ name: 'bare', version: '0.0.0' }, { capabilities: { tools: {} } });
  const inputSchema = { type: 'object' as const, properties: {} };
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
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => randomUUID() });
  await createBareServer().connect(transport as Parameters<Server['connect']>[0]); // its optional fields are typed looser
  const http = createServer((request, response) => void transport.handleRequest(request, response));
  http.listen(0, '127.0.0.1', () =>
    console.error(`http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`),
  );
} else {
  await createBareServer().connect(new StdioServerTransport());
}
