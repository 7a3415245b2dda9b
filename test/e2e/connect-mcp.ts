/** Clients of oatty's MCP server over each transport, of both revisions. */
import { fileURLToPath } from 'node:url';
import {
  Client as ModernClient,
  InMemoryTransport,
  StreamableHTTPClientTransport as ModernHttpTransport,
} from '@modelcontextprotocol/client';
import type { Transport as ModernTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ResourceListChangedNotificationSchema,
  ResourceUpdatedNotificationSchema,
  ResultSchema,
  TaskStatusNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { createMcpServer, serveHttp } from '@oatty/mcp';
import type { Oatty } from '@oatty/runtime';

export type Revision = '2025-11-25' | '2026-07-28';

/** Opens connections to one server. */
export interface McpServing {
  /** Both SDKs take it: their transports have the same shape. */
  transport(revision: Revision): Promise<Transport & ModernTransport>;
  close(): Promise<void>;
}

export interface Served {
  readonly oatty: Oatty;
  /** Environment in which another process finds the same files. */
  readonly env: Readonly<Record<string, string>>;
}

export const servings = {
  'in memory': async ({ oatty }: Served): Promise<McpServing> => {
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
  'over stdio': async ({ env }: Served): Promise<McpServing> => {
    const args = [fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url)), 'mcp'];
    return {
      transport: async () =>
        new StdioClientTransport({
          command: process.execPath,
          args,
          env: { ...env, PATH: process.env.PATH ?? '' },
          stderr: 'ignore',
        }),
      close: async () => undefined,
    };
  },
  'over HTTP': async ({ oatty }: Served): Promise<McpServing> => {
    const server = await serveHttp({ oatty, version: '1', log: () => undefined, host: '127.0.0.1', port: 0 });
    const url = new URL(server.url);
    return {
      transport: async (revision) =>
        revision === '2025-11-25' ? new StreamableHTTPClientTransport(url) : new ModernHttpTransport(url),
      close: () => server.close(),
    };
  },
} satisfies Readonly<Record<string, (served: Served) => Promise<McpServing>>>;

export interface McpClient {
  readonly client: AnyClient;
  /** What it was told: `list` for a changed list, the address of a resource, or the state of a task. */
  readonly told: string[];
  /** Tools of which it got a result that is as the full schema says. */
  readonly validated: Set<string>;
  /** Sends a request of 2025-11-25 as it is. */
  readonly request: (method: string, params?: Record<string, unknown>) => Promise<Record<string, unknown>>;
}

/** What the clients of both SDKs have in common. */
type AnyClient = Pick<
  Client,
  | 'getInstructions'
  | 'listTools'
  | 'listResources'
  | 'readResource'
  | 'listPrompts'
  | 'getPrompt'
  | 'complete'
  | 'close'
> & {
  callTool(params: { name: string; arguments?: Record<string, unknown> }): Promise<{
    isError?: unknown;
    structuredContent?: unknown;
    content?: unknown;
    [other: string]: unknown;
  }>;
};

/** Whoever answers for the client; one without it has neither elicitation nor sampling. */
export interface Answers {
  readonly person: () => { action: 'accept' | 'decline'; content?: Record<string, string> };
  readonly model: () => string;
}

export async function connectTo(
  serving: McpServing,
  revision: Revision,
  answers?: Answers,
): Promise<McpClient> {
  const transport = await serving.transport(revision);
  return revision === '2025-11-25' ? connectOlder(transport, answers) : connectNewer(transport, answers);
}

// --- internal ---

async function connectOlder(transport: Transport, answers?: Answers): Promise<McpClient> {
  const capabilities = answers ? { elicitation: { form: {} }, sampling: {} } : {};
  const client = new Client({ name: 'scenario', version: '1' }, { capabilities });
  const told: string[] = [];
  if (answers) {
    client.setRequestHandler(ElicitRequestSchema, () => answers.person());
    client.setRequestHandler(CreateMessageRequestSchema, () => ({
      model: 'test',
      role: 'assistant' as const,
      content: { type: 'text' as const, text: answers.model() },
    }));
  }
  client.setNotificationHandler(ResourceListChangedNotificationSchema, () => void told.push('list'));
  client.setNotificationHandler(
    ResourceUpdatedNotificationSchema,
    ({ params }) => void told.push(params.uri),
  );
  client.setNotificationHandler(
    TaskStatusNotificationSchema,
    ({ params }) => void told.push(`task ${params.status}`),
  );
  await client.connect(transport);
  return {
    client,
    told,
    validated: new Set(),
    request: (method, params) => client.request({ method, ...(params && { params }) }, ResultSchema),
  };
}

async function connectNewer(transport: ModernTransport, answers?: Answers): Promise<McpClient> {
  const capabilities = answers ? { elicitation: { form: {} } } : {};
  const options = { versionNegotiation: { mode: { pin: '2026-07-28' as const } }, capabilities };
  const client = new ModernClient({ name: 'scenario', version: '1' }, options);
  if (answers) client.setRequestHandler('elicitation/create', () => answers.person());
  await client.connect(transport);
  return {
    client: client as unknown as AnyClient, // the methods that scenarios use are the same
    told: [],
    validated: new Set(),
    request: async (method) => {
      throw new Error(`${method} is a request of 2025-11-25`);
    },
  };
}
