import { describe, expect, it } from 'vitest';
import type { Question, Step } from '@oatty/types';
import type { RunStore } from '../ports/run-store.ts';
import { createMemoryRunStore } from './memory-run-store.ts';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { httpError } from '../testing/fake-api.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import type { Prepare } from './prepare-run.ts';

describe('canceling a run', () => {
  it('aborts the request in flight at once', async () => {
    const { engine, run, call } = await cancelDuring(aStep('a', 'shop slow'));
    expect(run).toMatchObject({ status: 'canceled', error: { error_code: 'CANCELED' }, duration_ms: 500 });
    expect(run.steps).toMatchObject([
      { id: 'a', status: 'canceled', attempts: 1, error: { error_code: 'CANCELED' } },
      { id: 'last', status: 'skipped', reason: 'the run was canceled' },
    ]);
    expect(call?.signal.aborted).toBe(true);
    expect(engine.audit.events).toMatchObject([{ outcome: 'canceled' }]);
  });

  it('ends a wait for the next attempt at once', async () => {
    const { run } = await cancelDuring(aStep('a', 'shop fail', { retry: { max_attempts: 3, delay: '10s' } }));
    expect(run).toMatchObject({ status: 'canceled', duration_ms: 500 });
    expect(run.steps[0]).toMatchObject({ status: 'canceled', attempts: 1 });
  });

  it('ends a poll at once', async () => {
    const { run } = await cancelDuring(aStep('a', 'shop get', { repeat: { until: 'false', every: '10s' } }));
    expect(run).toMatchObject({ status: 'canceled', duration_ms: 500 });
  });

  it('keeps the results that were there', async () => {
    const { run } = await cancelDuring(
      aStep('a', 'shop slow', { for_each: '[1, 2]', depends_on: ['first'] }),
      aStep('first', 'shop get'),
    );
    expect(run.steps.map((step) => [step.id, step.status])).toEqual([
      ['a', 'canceled'],
      ['first', 'succeeded'],
      ['last', 'skipped'],
    ]);
  });

  it('by a signal does the same', async () => {
    const engine = anEngine();
    const controller = new AbortController();
    const runId = await engine.start(aWorkflow({ steps: [aStep('a', 'shop slow')] }));
    const ending = engine.runner.execute(runId, { signal: controller.signal });
    await engine.clock.advance(500);
    controller.abort();
    expect(await ending).toMatchObject({ status: 'canceled', duration_ms: 500 });
  });

  it('before it began leaves every step skipped', async () => {
    const engine = anEngine();
    const runId = await engine.start(aWorkflow({ steps: [aStep('a', 'shop get')] }));
    await engine.runner.cancel(runId);
    const run = await engine.runner.read(runId);
    expect(run).toMatchObject({ status: 'canceled', steps: [{ status: 'skipped' }] });
    expect(engine.api.calls).toEqual([]);
  });

  it('that has ended is a conflict', async () => {
    const engine = anEngine();
    const { run_id } = await engine.run(aWorkflow({ steps: [aStep('a', 'shop get')] }));
    await expect(engine.runner.cancel(run_id)).rejects.toMatchObject({ code: 'RUN_STATE_CONFLICT' });
    expect((await engine.runner.read(run_id)).status).toBe('succeeded');
  });

  it('that is not there is RUN_NOT_FOUND', async () => {
    await expect(anEngine().runner.cancel('nope')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  });

  it('from another process is noticed at the next heartbeat', async () => {
    const clock = createHandClock();
    const store = createMemoryRunStore();
    const engine = anEngine(store, clock);
    const other = anEngine(store, clock);
    const runId = await engine.start(aWorkflow({ steps: [aStep('a', 'shop slow')] }));
    const ending = engine.runner.execute(runId);
    await clock.advance(500);
    await other.runner.cancel(runId);
    expect((await other.runner.read(runId)).status).toBe('running');
    const run = await clock.play(ending);
    expect(run).toMatchObject({ status: 'canceled', duration_ms: 1_000 });
  });

  it('that nobody executes any more ends it all the same', async () => {
    const store = createMemoryRunStore();
    const clock = createHandClock();
    const first = anEngine(store, clock);
    const runId = await first.start(aWorkflow({ steps: [aStep('a', 'shop get'), aStep('b', 'shop slow')] }));
    void first.runner.execute(runId).catch(() => {});
    await clock.settle();
    await first.runner.suspend();
    const second = anEngine(store, clock);
    await second.runner.cancel(runId);
    const run = await second.runner.read(runId);
    expect(run).toMatchObject({
      status: 'canceled',
      steps: [{ status: 'succeeded' }, { status: 'canceled', attempts: 1 }],
    });
    expect(second.api.calls).toEqual([]);
  });

  it('at the moment when it begins to wait ends it all the same', async () => {
    const store = createMemoryRunStore();
    const gate = Promise.withResolvers<void>();
    const question: Question = { question_id: 'q', kind: 'input', message: 'Which?', schema: {} };
    const slow: RunStore = {
      ...store,
      releaseLease: async (...args) => {
        await gate.promise;
        return store.releaseLease(...args);
      },
    };
    const prepare: Prepare = async () => ({ kind: 'ask', questions: [question] });
    const engine = createTestEngine({ 'shop get': () => 1 }, { store: slow, prepare });
    const runId = await engine.start(
      aWorkflow({ steps: [aStep('a', 'shop get')] }),
      {},
      { incomplete: true },
    );
    const resting = engine.runner.execute(runId);
    await engine.clock.settle();
    expect((await store.getRun(runId))?.status).toBe('waiting');
    const canceling = engine.runner.cancel(runId);
    gate.resolve();
    await Promise.all([resting, canceling]);
    expect((await store.getRun(runId))?.status).toBe('canceled');
  });

  it('twice at once is no problem', async () => {
    const engine = anEngine();
    const runId = await engine.start(aWorkflow({ steps: [aStep('a', 'shop slow')] }));
    const ending = engine.runner.execute(runId);
    await engine.clock.advance(10);
    const outcomes = await Promise.allSettled([engine.runner.cancel(runId), engine.runner.cancel(runId)]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'fulfilled']);
    expect((await ending).status).toBe('canceled');
    const events = await engine.events(runId);
    expect(events.filter((event) => event.type === 'run_finished')).toHaveLength(1);
  });

  it('at the moment of its end gives one end', async () => {
    const engine = anEngine();
    const runId = await engine.start(aWorkflow({ steps: [aStep('a', 'shop get')] }));
    const [cancel, run] = await Promise.all([
      engine.runner.cancel(runId).catch((error: { code: string }) => error.code),
      engine.runner.execute(runId),
    ]);
    expect(['canceled', 'succeeded']).toContain(run.status);
    expect([undefined, 'RUN_STATE_CONFLICT']).toContain(cancel);
    const events = await engine.events(runId);
    expect(events.filter((event) => event.type === 'run_finished')).toMatchObject([{ status: run.status }]);
  });
});

function anEngine(store = createMemoryRunStore(), clock = createHandClock()) {
  const routes = {
    'shop get': () => 1,
    'shop slow': () => new Promise(() => {}),
    'shop fail': () => {
      throw httpError(503);
    },
  };
  return createTestEngine(routes, { store, clock });
}

/** Runs the steps and a last one, and cancels after half a second. */
async function cancelDuring(...steps: readonly Step[]) {
  const engine = anEngine();
  const runId = await engine.start(aWorkflow({ steps: [...steps, aStep('last', 'shop get')] }));
  const ending = engine.runner.execute(runId);
  await engine.clock.advance(500);
  await engine.runner.cancel(runId);
  await ending;
  return { engine, run: await engine.runner.read(runId), call: engine.api.calls.at(-1) };
}
