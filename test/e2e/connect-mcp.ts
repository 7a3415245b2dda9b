/** Clients of oatty's MCP server over each transport. */
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  ElicitRequestSchema,
  ResourceListChangedNotificationSchema,
  ResourceUpdatedNotificationSchema,
  ResultSchema,
  TaskStatusNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { createMcpServer, serveHttp } from '@oatty/mcp';
import type { Oatty } from '@oatty/runtime';

/** Opens connections to one server; clients of another SDK generation get a connector of their own. */
export interface McpServing {
  transport(): Promise<Transport>;
  close(): Promise<void>;
}

export interface Served {
  readonly oatty: Oatty;
  /** Environment in which another process finds the same files. */
  readonly env: Readonly<Record<string, string>>;
}

export const servings: Readonly<Record<string, (served: Served) => Promise<McpServing>>> = {
  'in memory': async ({ oatty }) => {
    const server = createMcpServer({ oatty, version: '1', log: () => undefined });
    return {
      async transport() {
        const [near, far] = InMemoryTransport.createLinkedPair();
        await server.connect(far);
        return near;
      },
      close: async () => undefined,
    };
  },
  'over stdio': async ({ env }) => {
    const entry = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
    const args = ['--conditions=@oatty/source', entry, 'mcp'];
    return {
      transport: async () =>
        new StdioClientTransport({
          command: process.execPath,
          args,
          env: { ...env, PATH: process.env.PATH ?? '' },
        }),
      close: async () => undefined,
    };
  },
  'over HTTP': async ({ oatty }) => {
    const server = await serveHttp({ oatty, version: '1', log: () => undefined, host: '127.0.0.1', port: 0 });
    return {
      transport: async () => new StreamableHTTPClientTransport(new URL(server.url)),
      close: () => server.close(),
    };
  },
};

export interface McpClient {
  readonly client: Client;
  /** What it was told: `list` for a changed list, the address of a resource, or the state of a task. */
  readonly told: string[];
  readonly request: (method: string, params?: Record<string, unknown>) => Promise<Record<string, unknown>>;
}

/** The answer of the person to forms; a client without one has no elicitation. */
export type Person = () => { action: 'accept' | 'decline'; content?: Record<string, string> };

export async function connectTo(serving: McpServing, person?: Person): Promise<McpClient> {
  const capabilities = person ? { elicitation: { form: {} } } : {};
  const client = new Client({ name: 'scenario', version: '1' }, { capabilities });
  const told: string[] = [];
  if (person) client.setRequestHandler(ElicitRequestSchema, () => person());
  client.setNotificationHandler(ResourceListChangedNotificationSchema, () => void told.push('list'));
  client.setNotificationHandler(
    ResourceUpdatedNotificationSchema,
    ({ params }) => void told.push(params.uri),
  );
  client.setNotificationHandler(
    TaskStatusNotificationSchema,
    ({ params }) => void told.push(`task ${params.status}`),
  );
  await client.connect(await serving.transport());
  return {
    client,
    told,
    request: (method, params) => client.request({ method, ...(params && { params }) }, ResultSchema),
  };
}
