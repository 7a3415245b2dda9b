import {
  InMemoryTaskMessageQueue,
  InMemoryTaskStore,
} from '@modelcontextprotocol/sdk/experimental/tasks/stores/in-memory.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import type { ElicitResult } from '@modelcontextprotocol/sdk/types.js';
import { OattyError } from '@oatty/types';
import type { Question } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { createMcpServer } from '../src/index.ts';
import { connectInMemory } from './a-client.ts';
import type { TestClientOptions } from './a-client.ts';
import { aStepFailure, ScriptedRuns } from './scripted-runs.ts';

const accept = (content: Record<string, string>): ElicitResult => ({ action: 'accept', content });

describe('status notifications', () => {
  it('come at each transition, with what the run is doing', async () => {
    const { runs, client } = await serve();
    await client.startTask({ workflow_id: 'pay' });
    runs.emit('run-1', { type: 'run_started', workflow_id: 'pay' });
    runs.emit('run-1', { type: 'step_started', step_id: 'a', run: 'shop orders:list' });
    runs.finish('run-1', { status: 'failed', error: aStepFailure() });
    await expect
      .poll(() => client.statuses.map(({ status }) => status))
      .toEqual(['working', 'working', 'failed']);
    expect(client.statuses).toMatchObject([
      aProgress({ run_id: 'run-1', step_id: null, state: 'running' }),
      aProgress({
        step_id: 'a',
        step_name: 'shop orders:list',
        state: 'running',
        summary: 'a: shop orders:list',
      }),
      aProgress({ step_id: 'a', state: 'failed', summary: 'STEP_FAILED: Step "a" failed.' }),
    ]);
    expect(client.statuses[2]).toMatchObject({
      taskId: 'run-1',
      statusMessage: 'STEP_FAILED: Step "a" failed.',
    });
  });

  it('come again and again while nothing changes', async () => {
    const { runs, client } = await serve({ heartbeatMs: 5 });
    await client.startTask({ workflow_id: 'pay' });
    await expect.poll(() => client.statuses.length).toBeGreaterThan(2);
    expect(client.statuses.every(({ status }) => status === 'working')).toBe(true);
    runs.finish('run-1', { status: 'succeeded' });
    await expect.poll(() => client.statuses.at(-1)?.status).toBe('completed');
  });

  it('tell a client that comes later only what happens from then on', async () => {
    const { runs, client, connect } = await serve();
    await client.startTask({ workflow_id: 'pay' });
    runs.emit('run-1', { type: 'run_started', workflow_id: 'pay' });
    const later = await connect();
    await later.request('tasks/get', { taskId: 'run-1' });
    runs.emit('run-1', { type: 'step_started', step_id: 'a', run: 'shop orders:list' });
    await expect.poll(() => later.statuses.length).toBe(1);
    expect(later.statuses[0]).toMatchObject(aProgress({ step_id: 'a' }));
  });
});

describe('progress notifications', () => {
  it('count the steps under the token of the call, and only rise', async () => {
    const { runs, client } = await serve();
    const seen: unknown[] = [];
    await client.startTask(
      { workflow_id: 'pay' },
      { onprogress: ({ progress, total }) => void seen.push([progress, total]) },
    );
    runs.emit('run-1', { type: 'step_progress', step_id: 'a', done: 1, total: 2, message: '1 of 2' });
    runs.emit('run-1', { type: 'step_progress', step_id: 'a', done: 1, total: 2, message: 'again' });
    for (const id of ['a', 'b']) {
      runs.emit('run-1', {
        type: 'step_finished',
        step_id: id,
        result: { id, status: 'succeeded', attempts: 1 },
      });
    }
    await expect
      .poll(() => seen)
      .toEqual([
        [0.5, 2],
        [1, 2],
        [2, 2],
      ]);
  });
});

describe('a question of a run', () => {
  it('waits for a person only when the client has forms and something is missing', async () => {
    const { runs, client } = await serve({ person: () => accept({}) });
    await client.startTask({ workflow_id: 'pay' });
    runs.nextStartError = new OattyError('WORKFLOW_INPUTS_INCOMPLETE', 'Inputs are missing: order.');
    await client.startTask({ workflow_id: 'pay' });
    runs.nextStartError = new OattyError('CONFIRMATION_REQUIRED', 'It removes data.');
    await client.startTask({ workflow_id: 'pay' });
    expect(runs.started.map(({ ask }) => ask)).toEqual([undefined, undefined, true, undefined, true]);
  });

  it('does not wait for a secret, which no form may ask for', async () => {
    const { runs, client } = await serve({ person: () => accept({}) });
    runs.secretInputs.add('password');
    runs.nextStartError = new OattyError('WORKFLOW_INPUTS_INCOMPLETE', 'Inputs are missing: password.');
    const call = { name: 'workflow_run', arguments: { workflow_id: 'pay' }, task: {} };
    expect((await client.refusal('tools/call', call)).data.error_code).toBe('WORKFLOW_INPUTS_INCOMPLETE');
  });

  it('that asks for a secret is shown to nobody', async () => {
    const { runs, client } = await serve({ person: () => accept({ order: 'ord_1' }) });
    await client.startTask({ workflow_id: 'pay' });
    const secret = { type: 'object', properties: { password: { type: 'string', writeOnly: true } } };
    runs.ask('run-1', { ...aQuestion(), schema: secret });
    runs.ask('run-1', { ...aQuestion(), question_id: 'q-2' });
    await expect.poll(() => runs.answers).toEqual([{ order: 'ord_1' }]);
    expect(client.forms.length).toBe(1);
  });

  it('makes the task need input, is shown as a form, and is answered', async () => {
    const answer = Promise.withResolvers<ElicitResult>();
    const { runs, client } = await serve({ person: () => answer.promise });
    await client.startTask({ workflow_id: 'pay' });
    runs.ask('run-1', aQuestion());
    await expect
      .poll(() => client.forms)
      .toMatchObject([
        {
          mode: 'form',
          message: 'Which order?',
          requestedSchema: { type: 'object', properties: { order: { type: 'string' } }, required: ['order'] },
          _meta: { 'io.modelcontextprotocol/related-task': { taskId: 'run-1' } },
        },
      ]);
    expect(await client.request('tasks/get', { taskId: 'run-1' })).toMatchObject({
      status: 'input_required',
      statusMessage: 'Which order?',
    });
    answer.resolve(accept({ order: 'ord_1' }));
    await expect.poll(() => runs.answers).toEqual([{ order: 'ord_1' }]);
    expect(await client.request('tasks/get', { taskId: 'run-1' })).toMatchObject({ status: 'working' });
  });

  it('is asked once, also while its result is waited for', async () => {
    const answer = Promise.withResolvers<ElicitResult>();
    const { runs, client } = await serve({ person: () => answer.promise });
    await client.startTask({ workflow_id: 'pay' });
    runs.ask('run-1', aQuestion());
    await expect.poll(() => client.forms.length).toBe(1);
    const result = client.client.experimental.tasks.getTaskResult('run-1', CallToolResultSchema);
    await client.request('tasks/get', { taskId: 'run-1' });
    answer.resolve(accept({ order: 'ord_1' }));
    await expect.poll(() => runs.answers.length).toBe(1);
    runs.finish('run-1', { status: 'succeeded' });
    await result;
    expect(client.forms.length).toBe(1);
  });

  it.each(['decline', 'cancel'] as const)('that is answered with %s cancels the run', async (action) => {
    const { runs, client } = await serve({ person: () => ({ action }) });
    await client.startTask({ workflow_id: 'pay' });
    runs.ask('run-1', aQuestion());
    const error = await client.refusal('tasks/result', { taskId: 'run-1' });
    expect(error.data.error_code).toBe('CANCELED');
  });

  it('is asked again with the reason when the answer does not fit', async () => {
    const { runs, client } = await serve({ person: () => accept({ order: 'ord_1' }) });
    await client.startTask({ workflow_id: 'pay' });
    runs.nextAnswerError = new OattyError('WORKFLOW_INPUT_VALIDATION_FAILED', 'There is no such order.');
    runs.ask('run-1', aQuestion());
    await expect.poll(() => runs.answers).toEqual([{ order: 'ord_1' }]);
    expect(client.forms.map(({ message }) => message)).toEqual([
      'Which order?',
      'There is no such order.\nWhich order?',
    ]);
  });

  it('that never gets an answer that fits cancels the run', async () => {
    const person = () => {
      runs.nextAnswerError = new OattyError('ARGUMENT_INVALID', 'There is no such order.');
      return accept({ order: 'ord_1' });
    };
    const { runs, client } = await serve({ person });
    await client.startTask({ workflow_id: 'pay' });
    runs.ask('run-1', aQuestion());
    const error = await client.refusal('tasks/result', { taskId: 'run-1' });
    expect([error.data.error_code, client.forms.length]).toEqual(['CANCELED', 3]);
  });

  it('that is declined is not asked again while the run ends', async () => {
    const answer = Promise.withResolvers<ElicitResult>();
    const { runs, client } = await serve({ person: () => answer.promise });
    const canceled = Promise.withResolvers<string>();
    runs.cancel = async (runId) => {
      canceled.resolve(runId);
      return { run_id: runId, status: 'waiting' };
    };
    await client.startTask({ workflow_id: 'pay' });
    runs.ask('run-1', aQuestion());
    await expect.poll(() => client.forms.length).toBe(1);
    await client.request('tasks/get', { taskId: 'run-1' });
    answer.resolve({ action: 'decline' });
    const runId = await canceled.promise;
    for (let round = 0; round < 3; round += 1) await client.request('tasks/get', { taskId: runId });
    runs.finish(runId, { status: 'canceled' });
    await client.refusal('tasks/result', { taskId: runId });
    expect(client.forms.length).toBe(1);
  });

  it('is asked of another client when the first one goes without an answer', async () => {
    const never = new Promise<ElicitResult>(() => undefined);
    const { runs, client, connect } = await serve({ person: () => never });
    await client.startTask({ workflow_id: 'pay' });
    runs.ask('run-1', aQuestion());
    await expect.poll(() => client.forms.length).toBe(1);
    const other = await connect({ person: () => accept({ order: 'ord_2' }) });
    const result = other.client.experimental.tasks.getTaskResult('run-1', CallToolResultSchema);
    await other.request('tasks/get', { taskId: 'run-1' });
    expect(other.forms).toEqual([]);
    await client.close();
    await expect.poll(() => runs.answers).toEqual([{ order: 'ord_2' }]);
    runs.finish('run-1', { status: 'succeeded' });
    expect((await result).structuredContent).toMatchObject({ status: 'succeeded' });
  });

  it('is asked of a client that connects after the first one has gone', async () => {
    const { runs, client, connect } = await serve();
    await client.startTask({ workflow_id: 'pay' });
    runs.ask('run-1', aQuestion());
    await client.close();
    const later = await connect({ person: () => accept({ order: 'ord_3' }) });
    await later.request('tasks/get', { taskId: 'run-1' });
    await expect.poll(() => runs.answers).toEqual([{ order: 'ord_3' }]);
  });

  it('is taken back when it is answered elsewhere', async () => {
    const { runs, client } = await serve({ person: () => new Promise(() => undefined) });
    await client.startTask({ workflow_id: 'pay' });
    runs.ask('run-1', aQuestion());
    await expect.poll(() => client.forms.length).toBe(1);
    await runs.respond('run-1', { order: 'ord_4' });
    await expect.poll(() => client.takenBack.length).toBe(1);
  });

  it('reaches a client that serves tasks itself', async () => {
    const { runs, client } = await serve({
      person: () => accept({ order: 'ord_5' }),
      capabilities: { tasks: { requests: { elicitation: { create: {} } } } },
      clientOptions: { taskStore: new InMemoryTaskStore(), taskMessageQueue: new InMemoryTaskMessageQueue() },
    });
    await client.startTask({ workflow_id: 'pay' });
    runs.ask('run-1', aQuestion());
    await expect.poll(() => runs.answers).toEqual([{ order: 'ord_5' }]);
  });
});

// --- internal ---

async function serve({ heartbeatMs, ...options }: TestClientOptions & { heartbeatMs?: number } = {}) {
  const runs = new ScriptedRuns();
  const server = createMcpServer({
    oatty: runs.toOatty(),
    version: '1',
    log: () => undefined,
    ...(heartbeatMs && { heartbeatMs }),
  });
  const connect = (other?: TestClientOptions) => connectInMemory(server, other);
  return { runs, connect, client: await connect(options) };
}

function aProgress(progress: Record<string, unknown>) {
  return { _meta: { 'oatty/progress': progress } };
}

function aQuestion(): Question {
  const schema = { type: 'object', properties: { order: { type: 'string' } }, required: ['order'] };
  return { question_id: 'q-1', kind: 'input', message: 'Which order?', schema };
}
