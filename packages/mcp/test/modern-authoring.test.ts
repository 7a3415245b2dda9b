/** A workflow that the model of a client of revision 2026-07-28 writes: what is asked stands in the task itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveHttp } from '../src/index.ts';
import type { HttpServer } from '../src/index.ts';
import { openShop } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';

let world: ShopWorld;
let server: HttpServer;

beforeAll(async () => {
  world = await openShop();
  const options = { oatty: world.oatty, version: '1', log: () => undefined };
  server = await serveHttp({ ...options, host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await server.close();
  await world.close();
});

const look = `workflow: look
steps:
  - id: order
    run: shop orders:info
    with: { order: ord_1 }
`;

describe('workflow.author_and_run in revision 2026-07-28', () => {
  it('asks the model through the task, and goes on with what it wrote', async () => {
    const taskId = await author({ sampling: {} });
    const asked = await taskThat(taskId, 'input_required', { sampling: {} });
    expect(asked.inputRequests).toMatchObject({
      'draft-1': {
        method: 'sampling/createMessage',
        params: { systemPrompt: expect.any(String), messages: [{ role: 'user' }], maxTokens: 4_096 },
      },
    });
    const answer = { role: 'assistant', model: 'test', content: { type: 'text', text: look } };
    await post('tasks/update', { taskId, inputResponses: { 'draft-1': answer } }, { sampling: {} });
    const ended = await taskThat(taskId, 'completed', { sampling: {} });
    expect(ended.result).toMatchObject({
      structuredContent: { workflow_id: 'look', status: 'succeeded', outputs: { order: { id: 'ord_1' } } },
    });
  });

  it('shows the request to nobody who has no model', async () => {
    const taskId = await author({ sampling: {} });
    expect(await taskThat(taskId, 'working', { elicitation: {} })).not.toHaveProperty('inputRequests');
  });

  it('needs a manifest where there is no model', async () => {
    const { result } = await post('tools/call', aCall, { elicitation: {} });
    expect(result).toMatchObject({
      isError: true,
      structuredContent: { data: { error_code: 'ARGUMENT_INVALID' } },
    });
  });
});

// --- internal ---

const aCall = { name: 'workflow_author_and_run', arguments: { goal: 'look an order up' } };

interface Task {
  readonly taskId?: string;
  readonly status?: string;
  readonly inputRequests?: object;
  readonly result?: object;
}

async function author(capabilities: object): Promise<string> {
  const { result } = await post('tools/call', aCall, capabilities);
  if (result?.taskId === undefined) throw new Error('no task');
  return result.taskId;
}

async function taskThat(taskId: string, status: string, capabilities: object): Promise<Task> {
  const read = async () => (await post('tasks/get', { taskId }, capabilities)).result;
  await expect.poll(read).toMatchObject({ status });
  return (await read()) ?? {};
}

async function post(
  method: string,
  params: { readonly name?: string; readonly taskId?: string } & Record<string, unknown>,
  capabilities: object,
): Promise<{ readonly result?: Task }> {
  const envelope = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': {
      ...capabilities,
      extensions: { 'io.modelcontextprotocol/tasks': {} },
    },
  };
  const response = await fetch(server.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      'mcp-name': params.name ?? params.taskId ?? '',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 7, method, params: { ...params, _meta: envelope } }),
  });
  return (await response.json()) as { readonly result?: Task };
}
