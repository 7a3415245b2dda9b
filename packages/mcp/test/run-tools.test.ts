import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectInMemory } from './a-client.ts';
import type { TestClient, TestClientOptions } from './a-client.ts';
import { openShop } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';
import { call, failure } from './tool-calls.ts';

let world: ShopWorld;
let client: TestClient;

beforeAll(async () => {
  world = await openShop({ slowMs: 60_000 });
  client = await connect();
});

beforeEach(() => world.shop.reset());

afterAll(() => world.close());

const look = {
  workflow: 'look',
  inputs: { order_id: { type: 'string' } },
  steps: [anOrderStep('orders:info')],
};
const remove = { ...look, workflow: 'remove', steps: [anOrderStep('orders:delete')] };
const wait = { workflow: 'wait', steps: [{ id: 'slow', run: 'shop slow:list' }] };

describe('run.start and run.status', () => {
  it('start a run and report until it ends', async () => {
    const started = await call(client, 'run_start', {
      manifest_content: look,
      inputs: { order_id: 'ord_1' },
    });
    expect(started).toMatchObject({ run_id: expect.any(String), workflow_id: 'look' });
    await expect
      .poll(() => status(started.run_id))
      .toMatchObject({
        status: 'succeeded',
        inputs: { order_id: 'ord_1' },
        steps: [{ id: 'order', status: 'succeeded', output: { id: 'ord_1' } }],
      });
  });

  it('say which inputs are missing, before anything runs', async () => {
    expect(await failure(client, 'run_start', { manifest_content: look })).toMatchObject({
      error_code: 'WORKFLOW_INPUTS_INCOMPLETE',
      violations: [{ path: '$.inputs.order_id' }],
    });
    expect(world.shop.calls()).toEqual([]);
  });

  it('run a saved workflow by its id', async () => {
    await call(client, 'workflow_save', { manifest_content: { ...look, workflow: 'saved_look' } });
    const started = await call(client, 'run_start', {
      workflow_id: 'saved_look',
      inputs: { order_id: 'ord_2' },
    });
    expect(started.workflow_id).toBe('saved_look');
    await expect.poll(() => status(started.run_id)).toMatchObject({ status: 'succeeded' });
  });

  it('know no run that is not there', async () => {
    expect((await failure(client, 'run_status', { run_id: 'nobody' })).error_code).toBe('RUN_NOT_FOUND');
  });
});

describe('a workflow with destructive steps', () => {
  const args = { manifest_content: remove, inputs: { order_id: 'ord_1' } };

  it('starts only when the caller confirms, where nobody can be asked', async () => {
    expect(await failure(client, 'run_start', args)).toMatchObject({
      error_code: 'CONFIRMATION_REQUIRED',
      context: { workflow_id: 'remove', step_ids: ['order'], plan_hash: expect.any(String) },
    });
    expect(world.shop.calls()).toEqual([]);
    const { run_id } = await call(client, 'run_start', { ...args, confirm: true });
    await expect.poll(() => status(run_id)).toMatchObject({ status: 'succeeded' });
  });

  it('starts with a confirmation of exactly the plan that was shown', async () => {
    const save = (order: string) =>
      call(client, 'workflow_save', { overwrite: true, manifest_content: aRemovalOf(order) });
    await save('ord_1');
    const { context } = await failure(client, 'run_start', { workflow_id: 'cleanup' });
    await save('ord_2');
    const confirmed = { workflow_id: 'cleanup', confirm: true, plan_hash: context['plan_hash'] };
    const refused = await failure(client, 'run_start', confirmed);
    expect(refused).toMatchObject({
      error_code: 'CONFIRMATION_REQUIRED',
      message: expect.stringContaining('not the plan that was confirmed'),
    });
    expect(refused.context['plan_hash']).not.toBe(context['plan_hash']);
    expect(refused.suggested_action).toContain(refused.context['plan_hash']);
    expect(world.shop.calls()).toEqual([]);
    const now = { ...confirmed, plan_hash: refused.context['plan_hash'] };
    const { run_id } = await call(client, 'run_start', now);
    await expect.poll(() => status(run_id)).toMatchObject({ status: 'succeeded' });
  });

  it('takes no plan to confirm without a confirmation', async () => {
    expect(await failure(client, 'run_start', { ...args, plan_hash: 'x' })).toMatchObject({
      error_code: 'ARGUMENT_INVALID',
      context: { arguments: ['confirm', 'plan_hash'] },
    });
  });

  it('is shown to the person, step by step', async () => {
    const willing = await connect({ person: () => ({ action: 'accept' }) });
    const { run_id } = await call(willing, 'run_start', args);
    expect(willing.forms).toMatchObject([{ message: expect.stringContaining('order (shop orders:delete)') }]);
    await expect.poll(() => status(run_id)).toMatchObject({ status: 'succeeded' });
  });

  it('does not start when the person says no', async () => {
    const careful = await connect({ person: () => ({ action: 'decline' }) });
    expect((await failure(careful, 'run_start', { ...args, confirm: true })).error_code).toBe('CANCELED');
    expect(world.shop.calls()).toEqual([]);
  });

  it('as a task is refused without a confirmation, and runs with one', async () => {
    const refused = await client.refusal('tools/call', { name: 'workflow_run', arguments: args, task: {} });
    expect([refused.code, refused.data.error_code]).toEqual([-32_602, 'CONFIRMATION_REQUIRED']);
    const { task } = await client.startTask({ ...args, confirm: true });
    await expect.poll(() => status(task.taskId)).toMatchObject({ status: 'succeeded' });
  });

  it('as a task waits for the person', async () => {
    const willing = await connect({ person: () => ({ action: 'accept' }) });
    const { task } = await willing.startTask(args);
    await expect.poll(() => status(task.taskId)).toMatchObject({ status: 'succeeded' });
    expect(willing.forms).toMatchObject([{ message: expect.stringContaining('order (shop orders:delete)') }]);
  });

  it('as a task removes nothing when the person says no', async () => {
    const careful = await connect({ person: () => ({ action: 'decline' }) });
    const { task } = await careful.startTask(args);
    await expect.poll(() => status(task.taskId)).toMatchObject({ status: 'canceled' });
    expect(world.shop.calls()).toEqual([]);
  });
});

describe('a task that lacks an input', () => {
  it('asks the person and goes on with the answer', async () => {
    const helpful = await connect({ person: () => ({ action: 'accept', content: { order_id: 'ord_1' } }) });
    const { task } = await helpful.startTask({ manifest_content: look });
    const result = await helpful.request('tasks/result', { taskId: task.taskId });
    expect(result).toMatchObject({
      structuredContent: { status: 'succeeded', inputs: { order_id: 'ord_1' } },
    });
    expect(helpful.forms).toMatchObject([
      { requestedSchema: { properties: { order_id: { type: 'string' } }, required: ['order_id'] } },
    ]);
  });

  it('takes the form back when the task is canceled', async () => {
    const absent = await connect({ person: () => new Promise(() => undefined) });
    const { task } = await absent.startTask({ manifest_content: look });
    await expect.poll(() => absent.forms.length).toBe(1);
    expect(await absent.request('tasks/cancel', { taskId: task.taskId })).toMatchObject({
      status: 'cancelled',
    });
    await expect.poll(() => absent.takenBack.length).toBe(1);
  });

  it('offers what a provider offers', async () => {
    const order_id = {
      type: 'string',
      provider: 'shop orders:list',
      select: { value_field: 'id', display_field: 'customer' },
    };
    const manifest_content = { ...look, inputs: { order_id } };
    const helpful = await connect({ person: () => ({ action: 'accept', content: { order_id: 'ord_2' } }) });
    const { task } = await helpful.startTask({ manifest_content });
    await helpful.request('tasks/result', { taskId: task.taskId });
    expect(helpful.forms).toMatchObject([
      {
        requestedSchema: {
          properties: {
            order_id: { oneOf: expect.arrayContaining([expect.objectContaining({ const: 'ord_2' })]) },
          },
        },
      },
    ]);
  });
});

describe('run.list', () => {
  it('lists runs by workflow and status, page by page', async () => {
    const manifest_content = { ...look, workflow: 'paged' };
    for (const order_id of ['ord_1', 'ord_2', 'nobody']) {
      const { run_id } = await call(client, 'run_start', { manifest_content, inputs: { order_id } });
      await expect.poll(async () => (await status(run_id)).finished_at).toBeDefined();
    }
    const failed = await call(client, 'run_list', { workflow_id: 'paged', status: 'failed' });
    expect(failed.items).toHaveLength(1);
    const first = await call(client, 'run_list', { workflow_id: 'paged', limit: 2 });
    expect(first.items).toMatchObject([{ status: 'failed' }, { status: 'succeeded' }]);
    const second = await call(client, 'run_list', {
      workflow_id: 'paged',
      limit: 2,
      cursor: first.next_cursor,
    });
    expect(second.items).toHaveLength(1);
    expect((await failure(client, 'run_list', { cursor: 'bogus' })).error_code).toBe('ARGUMENT_INVALID');
  });
});

describe('workflow.cancel', () => {
  it('stops a run, after a confirmation', async () => {
    const { run_id } = await call(client, 'run_start', { manifest_content: wait });
    const refused = await failure(client, 'workflow_cancel', { operation_id: run_id });
    expect(refused.error_code).toBe('CONFIRMATION_REQUIRED');
    const canceled = await call(client, 'workflow_cancel', { operation_id: run_id, confirm: true });
    expect(canceled).toEqual({ operation_id: run_id, run_id, workflow_id: 'wait', status: 'canceled' });
    const again = await failure(client, 'workflow_cancel', { operation_id: run_id, confirm: true });
    expect(again.error_code).toBe('RUN_STATE_CONFLICT');
  });

  it('stops a task', async () => {
    const { task } = await client.startTask({ manifest_content: wait });
    await call(client, 'workflow_cancel', { operation_id: task.taskId, confirm: true });
    expect(await client.request('tasks/get', { taskId: task.taskId })).toMatchObject({ status: 'cancelled' });
  });

  it('knows no run that is not there', async () => {
    const args = { operation_id: 'nobody', confirm: true };
    expect((await failure(client, 'workflow_cancel', args)).error_code).toBe('RUN_NOT_FOUND');
  });
});

// --- internal ---

async function connect(options?: TestClientOptions): Promise<TestClient> {
  const connected = await connectInMemory(
    { oatty: world.oatty, version: '1', log: () => undefined },
    options,
  );
  await connected.client.listTools();
  return connected;
}

function status(run_id: unknown): Promise<Record<string, unknown>> {
  return call(client, 'run_status', { run_id });
}

function aRemovalOf(order: string) {
  return { workflow: 'cleanup', steps: [{ id: 'drop', run: 'shop orders:delete', with: { order } }] };
}

function anOrderStep(command: string) {
  return { id: 'order', run: `shop ${command}`, with: { order: '${{ inputs.order_id }}' } };
}
