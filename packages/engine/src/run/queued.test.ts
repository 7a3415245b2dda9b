import { describe, expect, it } from 'vitest';
import type { QueuePlace } from '@oatty/types';
import type { RunStore } from '../ports/run-store.ts';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { networkError } from '../testing/fake-api.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import type { Routes, TestEngine, TestEngineOptions } from '../testing/test-engine.ts';
import { createMemoryRunStore } from './memory-run-store.ts';

const queue: QueuePlace = { name: 'q', priority: 0 };
const twoSteps = aWorkflow({ steps: [aStep('a', 'api get'), aStep('b', 'api get', { depends_on: ['a'] })] });

describe('a run that waits in a queue', () => {
  it('is executed by nobody before it is claimed', async () => {
    const { runner, start, execute, api } = open({ 'api get': () => 1 });
    const runId = await start(twoSteps, {}, { queue });
    await expect(runner.execute(runId)).rejects.toMatchObject({ code: 'RUN_STATE_CONFLICT' });
    expect(api.calls).toEqual([]);
    expect(await runner.claim()).toBe(runId);
    expect(await execute(runId)).toMatchObject({
      status: 'succeeded',
      queue: 'q',
      claimed_at: expect.any(String),
    });
    expect(await runner.claim()).toBeUndefined();
  });

  it('is canceled in line, and nothing of it begins', async () => {
    const { runner, start, events } = open({ 'api get': () => 1 });
    const runId = await start(twoSteps, {}, { queue });
    await runner.cancel(runId);
    expect(await runner.read(runId)).toMatchObject({ status: 'canceled' });
    const types = (await events(runId)).map(({ type }) => type);
    expect(types).toContain('run_finished');
    expect(types).not.toContain('step_started');
    expect(await runner.claim()).toBeUndefined();
  });

  it('gets in line when what had been missing is there', async () => {
    const asked = { question_id: 'q1', kind: 'input', message: 'Which?', schema: {} } as const;
    const { runner, start, execute } = open(
      { 'api get': () => 1 },
      {
        prepare: async (_, questions) =>
          questions.some(({ answered_at }) => answered_at !== undefined)
            ? { kind: 'ready', inputs: { id: 'x' } }
            : { kind: 'ask', questions: [asked] },
      },
    );
    const keyed = { ...twoSteps, queue: { name: 'q', dedup_key: 'id ${{ inputs.id }}' } };
    const runId = await start(keyed, {}, { queue, incomplete: true });
    expect(await execute(runId)).toMatchObject({ status: 'waiting' });
    await runner.answer(runId, 'q1', {});
    expect(await execute(runId)).toMatchObject({ status: 'pending', queue: 'q' });
    const again = start(keyed, {}, { queue: { ...queue, dedup_key: 'id x' } });
    await expect(again).rejects.toMatchObject({
      options: { context: { reason: 'duplicate', run_id: runId } },
    });
    expect(await runner.claim()).toBe(runId);
    expect(await execute(runId)).toMatchObject({ status: 'succeeded' });
  });

  it('is canceled though it was asked to just before it got in line', async () => {
    const shared = createMemoryRunStore();
    const store: RunStore = {
      ...shared,
      async enterQueue(runId, ...more) {
        await shared.requestCancel(runId);
        return shared.enterQueue(runId, ...more);
      },
    };
    const { start, execute } = open(
      { 'api get': () => 1 },
      { store, prepare: async () => ({ kind: 'ready', inputs: {} }) },
    );
    const runId = await start(twoSteps, {}, { queue, incomplete: true });
    expect(await execute(runId)).toMatchObject({ status: 'canceled' });
  });

  it('fails when its key, once it is known, is taken', async () => {
    const prepared = { kind: 'ready', inputs: { id: 'x' } } as const;
    const { start, execute } = open({ 'api get': () => 1 }, { prepare: async () => prepared });
    const keyed = { ...twoSteps, queue: { name: 'q', dedup_key: '${{ inputs.id }}' } };
    const first = await start(keyed, {}, { queue: { ...queue, dedup_key: 'x' } });
    const second = await start(keyed, {}, { queue, incomplete: true });
    expect(await execute(second)).toMatchObject({
      status: 'failed',
      error: { error_code: 'RUN_STATE_CONFLICT', context: { run_id: first } },
    });
  });

  it('is not told which run of somebody else has its key', async () => {
    const prepared = { kind: 'ready', inputs: { id: 'x' } } as const;
    const { start, execute } = open({ 'api get': () => 1 }, { prepare: async () => prepared });
    const keyed = { ...twoSteps, queue: { name: 'q', dedup_key: '${{ inputs.id }}' } };
    const first = await start(keyed, {}, { queue: { ...queue, dedup_key: 'x' } });
    const eve = { principal: 'eve', via: 'mcp' } as const;
    const second = await start(keyed, {}, { queue, incomplete: true, caller: eve });
    const { error } = await execute(second);
    expect(error).toMatchObject({
      error_code: 'RUN_STATE_CONFLICT',
      context: { reason: 'duplicate', queue: 'q', dedup_key: 'x' },
    });
    expect(JSON.stringify(error)).not.toContain(first);
  });

  it('waits in the same queue when it is resumed', async () => {
    const { runner, start, execute, store } = open({
      'api get': () => {
        throw new Error('no');
      },
    });
    const runId = await start(twoSteps, {}, { queue: { ...queue, dedup_key: 'k' } });
    await runner.claim();
    expect(await execute(runId)).toMatchObject({ status: 'failed' });
    const record = await store.getRun(runId);
    if (record === undefined) throw new TypeError('the run is gone');
    const newId = await runner.resume({ ...record, record, commits: [] });
    await expect(runner.execute(newId)).rejects.toMatchObject({ code: 'RUN_STATE_CONFLICT' });
    expect(await store.getRun(newId)).toMatchObject({ queue: { name: 'q', dedup_key: 'k' } });
    expect(await runner.claim()).toBe(newId);
  });
});

describe('a run that is handed back', () => {
  it('ends what is in flight, and begins nothing', async () => {
    const { runner, start, store, clock, api } = open({
      'api get': () => clock.sleep(2_000, live),
    });
    const live = new AbortController().signal;
    const runId = await start(twoSteps);
    const ending = runner.execute(runId).catch((error: { code: string }) => error.code);
    await clock.settle();
    const leaving = runner.handBack();
    await clock.advance(2_000);
    await leaving;
    expect(await ending).toBe('RUN_STATE_CONFLICT');
    expect(api.calls).toHaveLength(1);
    expect((await store.readCommits(runId)).map(({ step_id }) => step_id)).toEqual(['a']);
    expect(await store.listAbandonedRuns(clock.now().toISOString(), 5)).toEqual([runId]);
    const heir = open({ 'api get': () => 1 }, { store, clock });
    expect(await heir.execute(runId)).toMatchObject({ status: 'succeeded' });
    expect(heir.api.calls).toHaveLength(1);
  });

  it('does not wait for a retry that is due later', async () => {
    const retry = { max_attempts: 3, delay: '4s', on: ['network'] };
    const { runner, start, store, clock } = open({
      'api get': () => {
        throw networkError();
      },
    });
    const runId = await start(aWorkflow({ steps: [aStep('a', 'api get', { retry })] }));
    const ending = runner.execute(runId).catch((error: { code: string }) => error.code);
    await clock.settle();
    await runner.handBack();
    expect(await ending).toBe('RUN_STATE_CONFLICT');
    expect(await store.readMarks(runId)).toMatchObject([{ phase: 'due', attempt: 2 }]);
  });

  it('begins nothing of a run that comes later', async () => {
    const { runner, start, api } = open({ 'api get': () => 1 });
    const runId = await start(twoSteps);
    await runner.handBack();
    await expect(runner.execute(runId)).rejects.toMatchObject({ code: 'RUN_STATE_CONFLICT' });
    expect(api.calls).toEqual([]);
  });

  it('lets go of the sub-workflow of a step too', async () => {
    const child = aWorkflow({ workflow: 'child', steps: twoSteps.steps });
    const { runner, start, store, clock, api } = open(
      { 'api get': () => clock.sleep(2_000, live) },
      { workflows: [child] },
    );
    const live = new AbortController().signal;
    const runId = await start(aWorkflow({ steps: [aStep('sub', 'workflow child')] }));
    const ending = runner.execute(runId).catch((error: { code: string }) => error.code);
    await clock.settle();
    const leaving = runner.handBack();
    await clock.advance(2_000);
    await leaving;
    expect(await ending).toBe('RUN_STATE_CONFLICT');
    expect(api.calls).toHaveLength(1);
    const heir = open({ 'api get': () => 1 }, { store, clock, workflows: [child] });
    expect(await heir.execute(runId)).toMatchObject({ status: 'succeeded' });
    expect(heir.api.calls).toHaveLength(1);
  });
});

// --- internal ---

function open(routes: Routes, options: TestEngineOptions = {}) {
  const engine = createTestEngine(routes, options);
  const start = (...args: Parameters<TestEngine['start']>) => engine.start(...args);
  const execute = (...args: Parameters<TestEngine['execute']>) => engine.execute(...args);
  const events = (runId: string) => engine.events(runId);
  const { runner, store, clock, api } = engine;
  return { runner, store, clock, api, start, execute, events };
}
