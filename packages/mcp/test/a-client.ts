/** A real client of the SDK, which notes what it is told. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { ClientOptions } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import type { ProgressCallback } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  CreateMessageRequestSchema,
  CreateTaskResultSchema,
  ElicitRequestSchema,
  ResultSchema,
  TaskStatusNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import type {
  CreateMessageRequest,
  CreateTaskResult,
  ElicitRequest,
  ElicitResult,
  TaskStatusNotification,
} from '@modelcontextprotocol/sdk/types.js';
import type { ErrorPayload } from '@oatty/types';
import { createMcpServer } from '../src/index.ts';
import type { McpServerOptions } from '../src/index.ts';

export interface TestClient {
  readonly client: Client;
  /** Status notifications, oldest first. */
  readonly statuses: TaskStatusNotification['params'][];
  /** Forms that were shown. */
  readonly forms: ElicitRequest['params'][];
  /** Forms that were taken back. */
  readonly takenBack: unknown[];
  /** What the model was asked to write. */
  readonly prompts: CreateMessageRequest['params'][];
  /** Sends a request as it is and gives the result as it is. */
  request(method: string, params?: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** The JSON-RPC error of a request. */
  refusal(method: string, params?: Record<string, unknown>): Promise<RpcError>;
  startTask(params: Record<string, unknown>, options?: StartOptions): Promise<CreateTaskResult>;
  close(): Promise<void>;
}

interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data: ErrorPayload;
}

interface StartOptions {
  /** Default `workflow_run`. */
  readonly tool?: string;
  readonly ttl?: number;
  readonly onprogress?: ProgressCallback;
}

export interface TestClientOptions {
  /** The person; without one the client has no elicitation. */
  readonly person?: (form: ElicitRequest['params']) => ElicitResult | Promise<ElicitResult>;
  /** The client's model; without one the client has no sampling. */
  readonly model?: (request: CreateMessageRequest['params']) => string | Promise<string>;
  readonly capabilities?: ClientOptions['capabilities'];
  readonly clientOptions?: Partial<ClientOptions>;
}

export async function connectClient(
  transport: Transport,
  options: TestClientOptions = {},
): Promise<TestClient> {
  const { person, model, capabilities, clientOptions } = options;
  const client = new Client(
    { name: 'test', version: '1' },
    {
      ...clientOptions,
      capabilities: {
        ...(person && { elicitation: { form: {} } }),
        ...(model && { sampling: {} }),
        ...capabilities,
      },
    },
  );
  const statuses: TestClient['statuses'] = [];
  const forms: TestClient['forms'] = [];
  const takenBack: unknown[] = [];
  const prompts: TestClient['prompts'] = [];
  client.setNotificationHandler(TaskStatusNotificationSchema, ({ params }) => void statuses.push(params));
  if (person) {
    client.setRequestHandler(ElicitRequestSchema, ({ params }, { signal }) => {
      forms.push(params);
      signal.addEventListener('abort', () => takenBack.push(params));
      return person(params);
    });
  }
  if (model) {
    client.setRequestHandler(CreateMessageRequestSchema, async ({ params }) => {
      prompts.push(params);
      const text = await model(params);
      return { model: 'test', role: 'assistant', content: { type: 'text', text } };
    });
  }
  await client.connect(transport);
  const request = (method: string, params?: Record<string, unknown>) =>
    client.request({ method, ...(params && { params }) }, ResultSchema);
  return {
    client,
    statuses,
    forms,
    takenBack,
    prompts,
    request,
    refusal: (method, params) =>
      request(method, params).then(
        (result) => Promise.reject(new Error(`not refused: ${JSON.stringify(result)}`)),
        // The client puts a prefix of its own before the message that it got.
        ({ code, message, data }: RpcError) => ({
          code,
          data,
          message: message.replace(`MCP error ${code}: `, ''),
        }),
      ),
    startTask: (args, { tool = 'workflow_run', ttl, onprogress } = {}) =>
      client.request(
        {
          method: 'tools/call',
          params: { name: tool, arguments: args, task: { ...(ttl && { ttl }) } },
        },
        CreateTaskResultSchema,
        { ...(onprogress && { onprogress }) },
      ),
    close: () => client.close(),
  };
}

/** A client and a server in one process. */
export async function connectInMemory(
  server: McpServerOptions | ReturnType<typeof createMcpServer>,
  options?: TestClientOptions,
): Promise<TestClient> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await ('connect' in server ? server : createMcpServer(server)).connect(far);
  return connectClient(near, options);
}
