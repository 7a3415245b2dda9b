import { createTaskSessionFromClient } from '@modelcontextprotocol/ext-tasks/client';
import { createOatty } from '@oatty/runtime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serveHttp } from '../src/index.ts';
import type { HttpServer } from '../src/index.ts';
import { connectModern, overHttp } from './modern-client.ts';
import { modernEnvelope, postModern, tasksExtension } from './modern-request.ts';
import { openShop } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';

let world: ShopWorld;
let server: HttpServer;
const cleanups: (() => Promise<void>)[] = [];

beforeAll(async () => {
  world = await openShop();
  server = await serve(world.oatty);
});
beforeEach(() => world.shop.reset());
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
afterAll(async () => {
  await server.close();
  await world.close();
});

describe('a call of workflow.run by a client that knows tasks', () => {
  it('becomes a task, whose result is in it at its end', async () => {
    const created = await start({ inputs: { order_id: 'ord_1' } });
    expect(created).toMatchObject({
      resultType: 'task',
      taskId: expect.any(String),
      status: 'working',
      ttlMs: 86_400_000,
      pollIntervalMs: 500,
    });
    for (const field of ['task', 'result', 'requestState', 'content']) {
      expect(created).not.toHaveProperty(field);
    }
    const task = await settled(created.taskId);
    expect(task).toMatchObject({
      resultType: 'complete',
      status: 'completed',
      result: { resultType: 'complete', structuredContent: { final_output: { id: 'ord_1' } } },
    });
    expect(JSON.stringify(task)).not.toContain('related-task');
  });

  it('has completed with a failure when its run failed', async () => {
    const { taskId } = await start({ inputs: { order_id: 'nobody' } });
    expect(await settled(taskId)).toMatchObject({
      status: 'completed',
      result: {
        isError: true,
        structuredContent: { data: { category: 'execution', step_id: 'order', command: 'shop orders:info' } },
        _meta: { 'oatty/run': { status: 'failed' } },
      },
    });
  });

  it('gives what is wrong before there is a task as its result', async () => {
    const result = await start({ inputs: { order: 'ord_1' } });
    expect(result).toMatchObject({ resultType: 'complete', isError: true });
    expect(result).not.toHaveProperty('taskId');
  });
});

describe('a client that does not know tasks', () => {
  const missing = {
    code: -32_021,
    data: {
      error_code: 'TASK_CAPABILITY_REQUIRED',
      category: 'execution',
      suggested_action: expect.stringContaining('run.start'),
      requiredCapabilities: { extensions: { [tasksExtension]: {} } },
    },
  };

  it('is told which capability workflow.run needs', async () => {
    const call = { name: 'workflow_run', arguments: { manifest_content: aManifest } };
    const { status, body } = await postModern(server.url, 'tools/call', call);
    expect([status, body.error]).toMatchObject([400, missing]);
  });

  it.each(['tasks/get', 'tasks/update', 'tasks/cancel'])('has no %s', async (method) => {
    const { status, body } = await postModern(server.url, method, { taskId: 'x', inputResponses: {} });
    expect([status, body.error]).toMatchObject([400, missing]);
  });
});

describe('a task that needs an input', () => {
  it('shows the question, and goes on with the answer', async () => {
    const { taskId } = await start({});
    const asking = await until(taskId, 'input_required');
    const [[key, request] = ['', {}]] = Object.entries(asking.inputRequests ?? {});
    expect(request).toMatchObject({
      method: 'elicitation/create',
      params: { mode: 'form', requestedSchema: { properties: { order_id: { type: 'string' } } } },
    });
    const answer = { [key]: { action: 'accept', content: { order_id: 'ord_2' } } };
    expect(await ask('tasks/update', { taskId, inputResponses: answer })).toEqual({
      resultType: 'complete',
      _meta: expect.any(Object),
    });
    expect(await settled(taskId)).toMatchObject({
      result: { structuredContent: { final_output: { id: 'ord_2' } } },
    });
  });

  it('may be answered by another process than the one that started it', async () => {
    const { taskId } = await start({});
    await until(taskId, 'input_required');
    const other = await serveAnother();
    const { inputRequests = {} } = await until(taskId, 'input_required', other.url);
    const [key = ''] = Object.keys(inputRequests);
    const answer = { [key]: { action: 'accept', content: { order_id: 'ord_3' } } };
    await ask('tasks/update', { taskId, inputResponses: answer }, other.url);
    for (const url of [other.url, server.url]) {
      expect(await settled(taskId, url)).toMatchObject({
        status: 'completed',
        result: { structuredContent: { final_output: { id: 'ord_3' } } },
      });
    }
  });

  it('is canceled by a person who says no', async () => {
    const { taskId } = await start({});
    const { inputRequests = {} } = await until(taskId, 'input_required');
    const [key = ''] = Object.keys(inputRequests);
    await ask('tasks/update', { taskId, inputResponses: { [key]: { action: 'decline' } } });
    const task = await settled(taskId);
    expect(task).toMatchObject({ status: 'cancelled' });
    expect(task).not.toHaveProperty('inputRequests');
  });

  it('passes over answers to what it does not ask', async () => {
    const { taskId } = await start({});
    await until(taskId, 'input_required');
    const strange = { nothing: { action: 'accept', content: {} } };
    await ask('tasks/update', { taskId, inputResponses: strange });
    expect(await ask('tasks/get', { taskId })).toMatchObject({ status: 'input_required' });
    await ask('tasks/cancel', { taskId });
  });

  it('says what is wrong with an answer, and still asks', async () => {
    const { taskId } = await start({});
    const { inputRequests = {} } = await until(taskId, 'input_required');
    const [key = ''] = Object.keys(inputRequests);
    const { body } = await postModern(server.url, 'tasks/update', {
      taskId,
      inputResponses: { [key]: { action: 'perhaps' } },
      ...knowingTasks,
    });
    expect(body.error).toMatchObject({ code: -32_602, data: { error_code: 'ARGUMENT_INVALID' } });
    expect(await ask('tasks/get', { taskId })).toMatchObject({ status: 'input_required' });
    await ask('tasks/cancel', { taskId });
  });

  it('is not asked of a client without forms', async () => {
    const { taskId } = await start({});
    await until(taskId, 'input_required');
    const formless = { ...modernEnvelope, [capabilitiesKey]: { extensions: { [tasksExtension]: {} } } };
    const { body } = await postModern(server.url, 'tasks/get', { taskId, _meta: formless });
    expect(body.result).toMatchObject({
      status: 'working',
      statusMessage: expect.stringContaining('order_id'),
    });
    expect(body.result).not.toHaveProperty('inputRequests');
    await ask('tasks/cancel', { taskId });
  });
});

describe('tasks/cancel', () => {
  it('stops the run, and says nothing more a second time', async () => {
    const { taskId } = await start({});
    for (let time = 0; time < 2; time += 1) {
      expect(await ask('tasks/cancel', { taskId })).toEqual({
        resultType: 'complete',
        _meta: expect.any(Object),
      });
      expect(await settled(taskId)).toMatchObject({ status: 'cancelled' });
    }
  });

  it.each(['tasks/get', 'tasks/update', 'tasks/cancel'])('%s knows no other task', async (method) => {
    const params = { taskId: 'nobody', inputResponses: {}, ...knowingTasks };
    expect((await postModern(server.url, method, params)).body.error).toMatchObject({
      code: -32_602,
      data: { error_code: 'RUN_NOT_FOUND' },
    });
  });
});

describe('the client of the tasks extension', () => {
  it('runs a task to its end, and answers its question', async () => {
    const session = await openTaskSession({ order_id: 'ord_1' });
    const execution = await session.callTool('workflow_run', { manifest_content: aManifest });
    const { outcome } = await execution.settle();
    expect(outcome).toMatchObject({
      result: { structuredContent: { status: 'succeeded', final_output: { id: 'ord_1' } } },
    });
  });

  it('gets the failure of a run as the result of its call', async () => {
    const session = await openTaskSession({ order_id: 'nobody' });
    const execution = await session.callTool('workflow_run', { manifest_content: aManifest });
    const { outcome } = await execution.settle();
    expect(outcome).toMatchObject({ result: { isError: true } });
  });
});

// --- internal ---

const capabilitiesKey = 'io.modelcontextprotocol/clientCapabilities';

const clientCapabilities = { elicitation: {}, extensions: { [tasksExtension]: {} } };

const knowingTasks = { _meta: { ...modernEnvelope, [capabilitiesKey]: clientCapabilities } };

const aManifest = `
workflow: look
inputs:
  order_id: { type: string }
steps:
  - id: order
    run: shop orders:info
    with: { order: '\${{ inputs.order_id }}' }
final_output: \${{ steps.order }}
`;

interface Task {
  readonly taskId: string;
  readonly status: string;
  readonly inputRequests?: object;
}

async function start(args: object): Promise<Task> {
  const call = { name: 'workflow_run', arguments: { manifest_content: aManifest, ...args } };
  return (await ask('tools/call', call)) as Task;
}

async function ask(method: string, params: Record<string, unknown>, url = server.url): Promise<unknown> {
  const { body } = await postModern(url, method, { ...params, ...knowingTasks });
  if (body.error) throw new Error(JSON.stringify(body.error));
  return body.result;
}

/** The task when it has this status. */
async function until(taskId: string, status: string, url = server.url): Promise<Task> {
  await expect.poll(() => ask('tasks/get', { taskId }, url), { timeout: 10_000 }).toMatchObject({ status });
  return (await ask('tasks/get', { taskId }, url)) as Task;
}

async function settled(taskId: string, url = server.url): Promise<unknown> {
  await expect
    .poll(async () => isOver(await ask('tasks/get', { taskId }, url)), { timeout: 10_000 })
    .toBe(true);
  return ask('tasks/get', { taskId }, url);
}

function isOver(task: unknown): boolean {
  return ['completed', 'failed', 'cancelled'].includes((task as Task).status);
}

function serve(oatty: ShopWorld['oatty']): Promise<HttpServer> {
  return serveHttp({ oatty, version: '1', log: () => undefined, host: '127.0.0.1', port: 0 });
}

/** Over the same files, as another process has it. */
async function serveAnother(): Promise<HttpServer> {
  const oatty = await createOatty({ env: world.env, cwd: world.dir });
  const other = await serve(oatty);
  cleanups.push(async () => {
    await other.close();
    await oatty.close();
  });
  return other;
}

/** A person who always gives these values. */
async function openTaskSession(content: Readonly<Record<string, string>>) {
  const { client, close } = await connectModern(overHttp(server.url), {
    person: () => ({ action: 'accept', content }),
    capabilities: clientCapabilities,
  });
  cleanups.push(close);
  const session = createTaskSessionFromClient(client, {
    endpointId: 'test',
    // SDK 2.x knows no tasks: such requests go past it.
    rawDispatch: async (request) => {
      const { method, params = {} } = request as { method: string; params?: Record<string, unknown> };
      return { jsonrpc: '2.0', ...(await postModern(server.url, method, params)).body } as never;
    },
    v2RequestFraming: {
      protocolVersion: '2026-07-28',
      clientInfo: { name: 'test', version: '1' },
      clientCapabilities,
    },
    onInputRequest: async () => ({ action: 'accept', content }) as never,
  });
  cleanups.push(() => session.close());
  return session;
}
