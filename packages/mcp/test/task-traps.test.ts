/** What task layers get wrong, shown right with a real runtime, over HTTP. */
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serveHttp } from '../src/index.ts';
import type { HttpServer } from '../src/index.ts';
import { connectClient } from './a-client.ts';
import type { TestClient, TestClientOptions } from './a-client.ts';
import { ScriptedRuns } from './scripted-runs.ts';
import { openShop } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';
import { call } from './tool-calls.ts';

let world: ShopWorld;
let server: HttpServer;
const clients: TestClient[] = [];

beforeAll(async () => {
  world = await openShop({ slowMs: 60_000 });
  const options = { oatty: world.oatty, version: '1', log: () => undefined };
  server = await serveHttp({ ...options, host: '127.0.0.1', port: 0 });
});

beforeEach(() => world.shop.reset());

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});

afterAll(async () => {
  await server.close();
  await world.close();
});

const wait = { workflow: 'wait', steps: [{ id: 'slow', run: 'shop slow:list' }] };
const look = {
  workflow: 'look',
  inputs: { order_id: { type: 'string' } },
  steps: [{ id: 'order', run: 'shop orders:info', with: { order: '${{ inputs.order_id }}' } }],
};

describe('a tool that needs a task', () => {
  it.each(['workflow_run', 'workflow_execute', 'workflow_author_and_run', 'workflow_repair_and_rerun'])(
    '%s is refused without one, by the protocol',
    async (name) => {
      const client = await connect();
      const error = await client.refusal('tools/call', { name, arguments: { workflow_id: 'none' } });
      expect(error.code).toBe(-32_601);
      expect(error.message).toMatch(/^TASK_CAPABILITY_REQUIRED: /);
      expect(error.data).toMatchObject({ category: 'execution', retryable: false });
    },
  );

  it('says why it cannot start instead of an invalid task', async () => {
    const client = await connect();
    const args = { manifest_content: { ...look, step: [] } };
    const error = await client.refusal('tools/call', { name: 'workflow_run', arguments: args, task: {} });
    expect(error.code).toBe(-32_602);
    expect(error.data).toMatchObject({
      error_code: 'WORKFLOW_VALIDATION_FAILED',
      violations: [{ path: '$.step', rule: 'unknown_key' }],
    });
  });

  it('names a workflow that is not there', async () => {
    const client = await connect();
    const args = { workflow_id: 'nobody' };
    const error = await client.refusal('tools/call', { name: 'workflow_execute', arguments: args, task: {} });
    expect([error.code, error.data.error_code]).toEqual([-32_602, 'WORKFLOW_NOT_FOUND']);
  });
});

describe('a tool that forbids a task', () => {
  it('changes nothing when it is called with one', async () => {
    const client = await connect();
    const call = { name: 'workflow_save', arguments: { manifest_content: look }, task: {} };
    expect((await client.refusal('tools/call', call)).code).toBe(-32_601);
    expect((await world.oatty.workflows.list()).items).toEqual([]);
  });
});

describe('a canceled task', () => {
  it('aborts the request that is in flight, and says so', async () => {
    const client = await connect();
    const { task } = await client.startTask({ manifest_content: wait });
    await expect.poll(() => world.shop.calls()[0]?.outcome).toBe('in_flight');
    const canceled = await client.request('tasks/cancel', { taskId: task.taskId });
    expect(canceled).toMatchObject({ taskId: task.taskId, status: 'cancelled' });
    await expect.poll(() => world.shop.calls()[0]?.outcome).toBe('aborted');
    await expect.poll(() => client.statuses.at(-1)?.status).toBe('cancelled');
  });

  it('has an error for a result, and stays canceled', async () => {
    const client = await connect();
    const { task } = await client.startTask({ manifest_content: wait });
    const { taskId } = task;
    const result = client.refusal('tasks/result', { taskId });
    await client.request('tasks/cancel', { taskId });
    expect([(await result).code, (await result).data.error_code]).toEqual([-32_000, 'CANCELED']);
    const again = await client.refusal('tasks/cancel', { taskId });
    expect([again.code, again.data.error_code]).toEqual([-32_602, 'RUN_STATE_CONFLICT']);
    expect(await client.request('tasks/get', { taskId })).toMatchObject({ status: 'cancelled' });
  });

  it('has one end, however many cancel it at once', async () => {
    const client = await connect();
    const { task } = await client.startTask({ manifest_content: wait });
    const cancels = Array.from({ length: 5 }, () =>
      client.request('tasks/cancel', { taskId: task.taskId }).then(
        ({ status }) => status,
        ({ code }: { code: number }) => code,
      ),
    );
    const answers = new Set(await Promise.all(cancels));
    expect(answers.has('cancelled')).toBe(true);
    expect([...answers].every((answer) => answer === 'cancelled' || answer === -32_602)).toBe(true);
  });
});

describe('a task whose client goes away', () => {
  it('goes on, and is found by the next client', async () => {
    const first = await connect();
    const { task } = await first.startTask({ manifest_content: look, inputs: { order_id: 'ord_1' } });
    await first.client.transport?.close();
    const second = await connect();
    const result = await second.request('tasks/result', { taskId: task.taskId });
    expect(result).toMatchObject({
      structuredContent: { status: 'succeeded' },
      _meta: { 'io.modelcontextprotocol/related-task': { taskId: task.taskId } },
    });
    const { tasks } = await second.client.experimental.tasks.listTasks();
    expect(tasks.map(({ taskId }) => taskId)).toContain(task.taskId);
  });

  it('tells what happens later to the token of the call', async () => {
    const client = await connect();
    const steps: unknown[] = [];
    const { task } = await client.startTask(
      { manifest_content: look, inputs: { order_id: 'ord_1' } },
      { onprogress: ({ progress, total }) => void steps.push([progress, total]) },
    );
    await client.request('tasks/result', { taskId: task.taskId });
    await expect.poll(() => steps).toEqual([[1, 1]]);
  });
});

describe('a task that is asked about again and again', () => {
  it('gathers no listeners', async () => {
    const client = await connect();
    const warnings: Error[] = [];
    const note = (warning: Error) => void warnings.push(warning);
    process.on('warning', note);
    try {
      const { task } = await client.startTask({ manifest_content: wait });
      const { taskId } = task;
      const waiting = Array.from({ length: 15 }, () => client.refusal('tasks/result', { taskId }));
      for (let poll = 0; poll < 30; poll += 1) await client.request('tasks/get', { taskId });
      await client.request('tasks/cancel', { taskId });
      await Promise.all(waiting);
    } finally {
      process.off('warning', note);
    }
    expect(warnings.filter(({ name }) => name === 'MaxListenersExceededWarning')).toEqual([]);
  });
});

describe('workflow.execute', () => {
  it('tells each output as it comes, and ends with a summary', async () => {
    await world.oatty.workflows.save({ content: { ...look, workflow: 'executed' } });
    const client = await connect();
    const args = { workflow_id: 'executed', inputs: { order_id: 'ord_1' } };
    const { task } = await client.startTask(args, { tool: 'workflow_execute' });
    const { structuredContent } = await client.request('tasks/result', { taskId: task.taskId });
    expect(structuredContent).toEqual({
      run_id: task.taskId,
      workflow_id: 'executed',
      status: 'succeeded',
      summary: expect.stringMatching(/^executed succeeded: 1 of 1 steps succeeded, in \d+\.\d s\.$/),
      outputs: { order: expect.objectContaining({ id: 'ord_1' }) },
      final_output: null,
      duration_ms: expect.any(Number),
    });
    await expect.poll(() => client.statuses.at(-1)?.status).toBe('completed');
    expect(client.statuses).toContainEqual(
      expect.objectContaining({
        _meta: expect.objectContaining({
          'oatty/output': { step_id: 'order', status: 'succeeded', output: expect.any(Object) },
        }),
      }),
    );
  });

  it('takes no manifest', async () => {
    const client = await connect();
    const args = { manifest_content: look };
    const error = await client.refusal('tools/call', { name: 'workflow_execute', arguments: args, task: {} });
    expect(error.data.violations).toContainEqual(
      expect.objectContaining({ path: '$.manifest_content', rule: 'unknown_argument' }),
    );
  });

  it('of a step that fails gives the error, and the run beside it', async () => {
    await world.oatty.workflows.save({ content: { ...look, workflow: 'failing' } });
    const client = await connect();
    const args = { workflow_id: 'failing', inputs: { order_id: 'nobody' } };
    const { task } = await client.startTask(args, { tool: 'workflow_execute' });
    expect(await client.request('tasks/result', { taskId: task.taskId })).toMatchObject({
      isError: true,
      structuredContent: { data: { error_code: 'HTTP_ERROR', step_id: 'order' } },
      _meta: { 'oatty/run': { run_id: task.taskId, status: 'failed' } },
    });
  });

  it('is the same task in the eyes of run.status', async () => {
    await world.oatty.workflows.save({ content: { ...look, workflow: 'seen' } });
    const client = await connect();
    await client.client.listTools();
    const args = { workflow_id: 'seen', inputs: { order_id: 'ord_1' } };
    const { task } = await client.startTask(args, { tool: 'workflow_execute' });
    await client.request('tasks/result', { taskId: task.taskId });
    const run = await call(client, 'run_status', { run_id: task.taskId });
    expect(run).toMatchObject({ workflow_id: 'seen', status: 'succeeded', steps: [{ id: 'order' }] });
  });
});

describe('a ttl', () => {
  it('counts from the creation, whenever the task ends', async () => {
    const runs = new ScriptedRuns();
    const scripted = { oatty: runs.toOatty(), version: '1', log: () => undefined, host: '127.0.0.1' };
    const other = await serveHttp({ ...scripted, port: 0 });
    try {
      const client = await connect({}, other.url);
      const { task } = await client.startTask({ workflow_id: 'pay' }, { ttl: 60_000 });
      runs.age(task.taskId, 50_000);
      runs.finish(task.taskId, { status: 'succeeded' });
      expect(await client.request('tasks/get', { taskId: task.taskId })).toMatchObject({ ttl: 60_000 });
      runs.age(task.taskId, 10_000);
      for (const method of ['tasks/get', 'tasks/result', 'tasks/cancel']) {
        const error = await client.refusal(method, { taskId: task.taskId });
        expect([error.code, error.data.error_code]).toEqual([-32_602, 'RUN_NOT_FOUND']);
      }
      await client.close();
    } finally {
      await other.close();
    }
  });
});

// --- internal ---

async function connect(options: TestClientOptions = {}, url = server.url): Promise<TestClient> {
  const client = await connectClient(new StreamableHTTPClientTransport(new URL(url)), options);
  clients.push(client);
  return client;
}
