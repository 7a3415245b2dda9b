import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectInMemory } from './a-client.ts';
import type { TestClient, TestClientOptions } from './a-client.ts';
import { openShop } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';
import { call, failure } from './tool-calls.ts';

let world: ShopWorld;
let client: TestClient;

beforeAll(async () => {
  world = await openShop();
  client = await connect();
});

afterAll(() => world.close());

async function connect(options: TestClientOptions = {}): Promise<TestClient> {
  const served = { oatty: world.oatty, version: '1', log: () => undefined };
  const connected = await connectInMemory(served, options);
  await connected.client.listTools();
  return connected;
}

const ask = (given: object = {}) => ({
  workflow: 'ask',
  inputs: { note: { optional: true } },
  steps: [{ id: 'ok', run: 'oatty approval', with: { message: 'Go?', ...given } }],
  final_output: '${{ steps.ok.choice }}',
});

async function start(manifest: object, inputs: object = {}): Promise<string> {
  const { run_id } = await call(client, 'run_start', { manifest_content: manifest, inputs });
  return String(run_id);
}

async function untilStatus(runId: string, expected: string) {
  await expect
    .poll(async () => (await call(client, 'run_status', { run_id: runId }))['status'])
    .toBe(expected);
  return call(client, 'run_status', { run_id: runId });
}

describe('run.respond', () => {
  it('answers what run.status shows', async () => {
    const runId = await start(ask());
    const waiting = await untilStatus(runId, 'waiting');
    expect(waiting['open_questions']).toMatchObject([{ kind: 'approval', message: 'Go?' }]);
    await call(client, 'run_respond', { run_id: runId, answer: { choice: 'approve' } });
    expect(await untilStatus(runId, 'succeeded')).toMatchObject({ final_output: 'approve' });
  });

  it('takes one answer, of one who may answer, that fits', async () => {
    const runId = await start(ask({ approvers: ['somebody else'] }));
    await untilStatus(runId, 'waiting');
    const answer = { run_id: runId, answer: { choice: 'approve' } };
    expect((await failure(client, 'run_respond', answer)).error_code).toBe('POLICY_DENIED');
    const other = await start(ask());
    await untilStatus(other, 'waiting');
    const odd = await failure(client, 'run_respond', { run_id: other, answer: { choice: 'perhaps' } });
    expect(odd.error_code).toBe('ARGUMENT_INVALID');
    await call(client, 'run_respond', { run_id: other, answer: { choice: 'reject' } });
    await untilStatus(other, 'succeeded');
    const twice = await failure(client, 'run_respond', { run_id: other, answer: { choice: 'approve' } });
    expect(twice.error_code).toBe('RUN_STATE_CONFLICT');
  });
});

describe('an approval in a task', () => {
  it('is asked of its client with elicitation', async () => {
    const willing = await connect({ person: () => ({ action: 'accept', content: { choice: 'approve' } }) });
    const { task } = await willing.startTask({ manifest_content: ask() });
    const result = await willing.request('tasks/result', { taskId: task.taskId });
    expect(result).toMatchObject({ structuredContent: { status: 'succeeded', final_output: 'approve' } });
    expect(willing.forms).toMatchObject([{ message: 'Go?' }]);
  });

  it('stays open when the client does not decide', async () => {
    const undecided = await connect({ person: () => ({ action: 'decline' }) });
    const { task } = await undecided.startTask({ manifest_content: ask() });
    const ending = undecided.request('tasks/result', { taskId: task.taskId });
    await expect.poll(() => undecided.forms.length).toBe(1);
    const waiting = await untilStatus(task.taskId, 'waiting');
    expect(waiting['open_questions']).toHaveLength(1);
    await call(client, 'run_respond', { run_id: task.taskId, answer: { choice: 'reject' } });
    expect(await ending).toMatchObject({ structuredContent: { final_output: 'reject' } });
  });

  it("is the person's to decide, also when the model answers", async () => {
    const run_id = await start(ask());
    await untilStatus(run_id, 'waiting');
    const answer = { choice: 'approve' };
    const unwilling = await connect({ person: () => ({ action: 'decline' }) });
    expect((await failure(unwilling, 'run_respond', { run_id, answer })).error_code).toBe('CANCELED');
    expect(unwilling.forms).toMatchObject([{ message: 'Go? Answer with {"choice":"approve"}?' }]);
    const willing = await connect({ person: () => ({ action: 'accept', content: {} }) });
    await call(willing, 'run_respond', { run_id, answer });
    expect(await untilStatus(run_id, 'succeeded')).toMatchObject({ final_output: 'approve' });
  });

  it('is not asked of who may not answer', async () => {
    const willing = await connect({ person: () => ({ action: 'accept', content: { choice: 'approve' } }) });
    const manifest = ask({ approvers: ['carol'], timeout: 1, on_timeout: 'reject' });
    const { task } = await willing.startTask({ manifest_content: manifest });
    const result = await willing.request('tasks/result', { taskId: task.taskId });
    expect(result).toMatchObject({ structuredContent: { final_output: 'reject' } });
    expect(willing.forms).toEqual([]);
  });
});

const info = (order: string) => ({
  workflow: 'fix',
  steps: [
    { id: 'list', run: 'shop orders:list' },
    { id: 'look', run: 'shop orders:info', with: { order }, depends_on: ['list'] },
    { id: 'drop', run: 'shop orders:delete', with: { order: 'ord_2' }, depends_on: ['look'] },
  ],
});

describe('run.resume', () => {
  it('shows its plan, and asks before it removes something', async () => {
    const { run_id } = await call(client, 'run_start', { manifest_content: info('ord_none'), confirm: true });
    const runId = String(run_id);
    await untilStatus(runId, 'failed');
    const manifest_content = info('ord_1');
    const preview = await call(client, 'run_resume', { run_id: runId, manifest_content, preview: true });
    expect(preview['plan']).toMatchObject({
      can_resume: true,
      steps: [{ action: 'kept' }, { action: 'run_again' }, { action: 'run_again' }],
    });
    const refused = await failure(client, 'run_resume', { run_id: runId, manifest_content });
    expect(refused).toMatchObject({
      error_code: 'CONFIRMATION_REQUIRED',
      message: expect.stringContaining('drop'),
    });
    const planHash = String(refused.context['plan_hash']);
    const other = { run_id: runId, manifest_content: info('ord_3'), confirm: true, plan_hash: planHash };
    expect(await failure(client, 'run_resume', other)).toMatchObject({
      error_code: 'CONFIRMATION_REQUIRED',
      message: expect.stringContaining('not the plan that was confirmed'),
      context: { plan_hash: expect.not.stringContaining(planHash) },
    });
    const lone = { run_id: runId, manifest_content, plan_hash: planHash };
    expect((await failure(client, 'run_resume', lone)).error_code).toBe('ARGUMENT_INVALID');
    const agreed = { run_id: runId, manifest_content, confirm: true, plan_hash: planHash };
    const resumed = await call(client, 'run_resume', agreed);
    expect(resumed).toMatchObject({ resumed_from: runId, workflow_id: 'fix' });
    await untilStatus(String(resumed['run_id']), 'succeeded');
  });

  it('is refused for a run that goes on', async () => {
    const steps = [{ id: 'poll', run: 'shop orders:list', repeat: { until: 'false', every: '1s' } }];
    const runId = await start({ workflow: 'long', steps });
    await untilStatus(runId, 'running');
    expect((await failure(client, 'run_resume', { run_id: runId })).error_code).toBe('RUN_STATE_CONFLICT');
    await call(client, 'workflow_cancel', { operation_id: runId, confirm: true });
  });
});

describe('workflow.purge_history', () => {
  it('removes ended runs once that is confirmed, and none that waits', async () => {
    const done = await start(
      { ...ask({ timeout: 0.001, on_timeout: 'reject' }), workflow: 'gone' },
      { note: 'x' },
    );
    await untilStatus(done, 'succeeded');
    const open = await start({ ...ask(), workflow: 'gone' });
    await untilStatus(open, 'waiting');
    const args = { workflow_id: 'gone', input_keys: ['note'] };
    expect(await failure(client, 'workflow_purge_history', args)).toMatchObject({
      error_code: 'CONFIRMATION_REQUIRED',
      message: expect.stringContaining('1 recorded runs of "gone" that got a value for note?'),
    });
    expect(await failure(client, 'workflow_purge_history', { input_keys: ['note'] })).toMatchObject({
      message: expect.stringContaining('recorded runs that got a value for note?'),
    });
    expect(await call(client, 'workflow_purge_history', { ...args, confirm: true })).toEqual({
      purged: true,
      workflow_id: 'gone',
      input_keys: ['note'],
      removed_entries: 1,
      kept_entries: 1,
    });
    expect((await failure(client, 'run_status', { run_id: done })).error_code).toBe('RUN_NOT_FOUND');
    await untilStatus(open, 'waiting');
  });

  it('has to be told what is to go', async () => {
    expect((await failure(client, 'workflow_purge_history')).error_code).toBe('ARGUMENT_INVALID');
  });
});
