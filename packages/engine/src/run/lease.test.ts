import { describe, expect, it } from 'vitest';
import { OattyError } from '@oatty/types';
import type { RunStore } from '../ports/run-store.ts';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import type { TestEngineOptions } from '../testing/test-engine.ts';
import { createMemoryRunStore } from './memory-run-store.ts';

describe('the lease of a run', () => {
  it('keeps a second process out while the first one lives', async () => {
    const { first, second, runId, clock } = await aSlowRun();
    void first.runner.execute(runId);
    await clock.advance(60_000);
    await expect(second.runner.execute(runId)).rejects.toMatchObject({
      code: 'RUN_STATE_CONFLICT',
      options: { context: { reason: 'leased' } },
    });
    await first.runner.cancel(runId);
  });

  it('belongs to the process that has started the run, before it executes', async () => {
    const { second, runId } = await aSlowRun();
    await expect(second.runner.execute(runId)).rejects.toMatchObject({ code: 'RUN_STATE_CONFLICT' });
    expect(await second.store.listAbandonedRuns(second.clock.now().toISOString(), 10)).toEqual([]);
  });

  it('runs out a few seconds after the last sign of life', async () => {
    const { second, runId, clock, store } = await aSlowRun();
    await clock.advance(5_000);
    expect(await store.listAbandonedRuns(clock.now().toISOString(), 10)).toEqual([runId]);
    void second.runner.execute(runId);
    await clock.settle();
    expect(await store.listAbandonedRuns(clock.now().toISOString(), 10)).toEqual([]);
    await second.runner.cancel(runId);
  });

  it.each([3, -3])('is kept by an owner that lives when the clock is set %i hours', async (hours) => {
    const { first, second, runId, clock, store } = await aSlowRun();
    void first.runner.execute(runId);
    await clock.settle();
    clock.set(hours * hourMs);
    await clock.advance(1_500);
    expect(await store.listAbandonedRuns(clock.now().toISOString(), 10)).toEqual([]);
    await expect(second.runner.execute(runId)).rejects.toMatchObject({ code: 'RUN_STATE_CONFLICT' });
    await first.runner.cancel(runId);
  });

  it('of a process that is gone lasts longer by what the clock was set back', async () => {
    const { runId, clock, store } = await aSlowRun();
    clock.set(-hourMs);
    await clock.advance(hourMs);
    expect(await store.listAbandonedRuns(clock.now().toISOString(), 10)).toEqual([]);
    await clock.advance(5_000);
    expect(await store.listAbandonedRuns(clock.now().toISOString(), 10)).toEqual([runId]);
  });

  it('that somebody else has taken makes the run stop here, and write nothing more', async () => {
    const { first, runId, clock, store } = await aSlowRun();
    const ending = first.runner.execute(runId).catch((error: OattyError) => error);
    await clock.settle();
    await store.acquireLease(
      runId,
      { owner: 'x', until: '2030-01-01T00:00:00.000Z' },
      '2029-01-01T00:00:00.000Z',
    );
    const before = await first.events(runId);
    const error = await clock.play(ending);
    expect(error).toMatchObject({ code: 'RUN_STATE_CONFLICT' });
    expect(first.api.calls[0]?.signal.aborted).toBe(true);
    expect(await first.events(runId)).toEqual(before);
    expect((await store.getRun(runId))?.status).toBe('running');
  });

  it('that somebody else has had meanwhile is not taken back by a process that slept', async () => {
    const { first, runId, clock, store } = await aSlowRun();
    const ending = first.runner.execute(runId).catch((error: OattyError) => error);
    await clock.settle();
    const later = { owner: 'x', until: '2030-01-01T00:00:00.000Z' };
    await store.acquireLease(runId, later, '2029-01-01T00:00:00.000Z');
    await store.releaseLease(runId, 'x');
    expect(await clock.play(ending)).toMatchObject({ code: 'RUN_STATE_CONFLICT' });
    expect(first.api.calls[0]?.signal.aborted).toBe(true);
  });

  it('is let go of by a process that closes, and the run stays as it is', async () => {
    const { first, second, runId, clock } = await aSlowRun();
    const ending = first.runner.execute(runId).catch((error: OattyError) => error.code);
    await clock.settle();
    await first.runner.suspend();
    expect(await ending).toBe('RUN_STATE_CONFLICT');
    expect((await first.runner.read(runId)).status).toBe('running');
    void second.runner.execute(runId);
    await clock.settle();
    expect(second.api.calls).toHaveLength(1);
    await second.runner.cancel(runId);
  });

  it('survives a store that cannot be reached for a moment', async () => {
    const { run } = await runWithOutage(2_000);
    expect(run).toMatchObject({ status: 'succeeded' });
  });

  it('does not survive a store that cannot be reached for longer', async () => {
    const { run } = await runWithOutage(20_000);
    expect(run).toMatchObject({ code: 'STORAGE_FAILED' });
  });
});

describe('executing a run twice in one process', () => {
  it('executes it once, and both get the end', async () => {
    const engine = anEngine({});
    const runId = await engine.start(aWorkflow({ steps: [aStep('a', 'shop get')] }));
    const runs = await Promise.all([engine.runner.execute(runId), engine.runner.execute(runId)]);
    expect(runs.map((run) => run.status)).toEqual(['succeeded', 'succeeded']);
    expect(engine.api.calls).toHaveLength(1);
  });

  it('leaves a run that has ended as it is', async () => {
    const engine = anEngine({});
    const run = await engine.run(aWorkflow({ steps: [aStep('a', 'shop get')] }));
    expect(await engine.execute(run.run_id)).toEqual(run);
    expect(engine.api.calls).toHaveLength(1);
  });

  it('leaves a run that somebody else ends at that moment as it is', async () => {
    const store = createMemoryRunStore();
    const first = anEngine({ store });
    const late: RunStore = {
      ...store,
      async acquireLease(...args) {
        await first.runner.cancel(args[0]);
        return store.acquireLease(...args);
      },
    };
    const second = anEngine({ store: late });
    const runId = await first.start(aWorkflow({ steps: [aStep('a', 'shop get')] }));
    expect(await second.runner.execute(runId)).toMatchObject({ status: 'canceled' });
  });

  it('lets the signal of either cancel it', async () => {
    const engine = anEngine({});
    const runId = await engine.start(aWorkflow({ steps: [aStep('a', 'shop slow')] }));
    const first = engine.runner.execute(runId);
    const controller = new AbortController();
    const second = engine.runner.execute(runId, { signal: controller.signal });
    await engine.clock.settle();
    controller.abort();
    expect((await first).status).toBe('canceled');
    expect((await second).status).toBe('canceled');
  });
});

describe('a journal that cannot be written', () => {
  it('stops the run where it is, for another process to carry on', async () => {
    const store = createMemoryRunStore();
    const clock = createHandClock();
    let isFull = false;
    const full: RunStore = {
      ...store,
      append: async (...args) => {
        if (isFull) throw new OattyError('STORAGE_FAILED', 'The disk is full.');
        return store.append(...args);
      },
    };
    const first = anEngine({ store: full, clock });
    const runId = await first.start(aWorkflow({ steps: [aStep('a', 'shop get'), aStep('b', 'shop post')] }));
    isFull = true;
    await expect(first.execute(runId)).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    expect(first.api.countOf('shop post')).toBe(0);

    isFull = false;
    const run = await anEngine({ store, clock }).execute(runId);
    expect(run.status).toBe('succeeded');
  });

  it('stops the parent of a sub-workflow too', async () => {
    const store = createMemoryRunStore();
    const clock = createHandClock();
    const workflows = [aWorkflow({ workflow: 'child', steps: [aStep('x', 'shop post')] })];
    const shaky: RunStore = {
      ...store,
      append: async (runId, owner, entry) => {
        if (entry.marks?.some((mark) => mark.step_id === 'x')) {
          throw new OattyError('STORAGE_FAILED', 'The disk is full.');
        }
        return store.append(runId, owner, entry);
      },
    };
    const first = anEngine({ store: shaky, clock, workflows });
    const runId = await first.start(aWorkflow({ steps: [aStep('sub', 'workflow child')] }));
    await expect(first.execute(runId)).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    const { items } = await store.listRuns({ limit: 10, include_children: true });
    expect(items.map((item) => item.status)).toEqual(['running', 'running']);

    await clock.advance(5_000);
    const run = await anEngine({ store, clock, workflows }).execute(runId);
    expect(run.status).toBe('succeeded');
  });

  it('that cannot be read before the first step leaves the run as it is', async () => {
    const store = createMemoryRunStore();
    const clock = createHandClock();
    const problem = new OattyError('STORAGE_FAILED', 'The history cannot be read.');
    const prepare = async () => {
      throw problem;
    };
    const engine = anEngine({ store, clock, prepare });
    const workflow = aWorkflow({ steps: [aStep('a', 'shop get')] });
    const runId = await engine.start(workflow, {}, { incomplete: true });
    await expect(engine.execute(runId)).rejects.toBe(problem);
    expect((await engine.runner.read(runId)).status).toBe('pending');
  });
});

const hourMs = 3_600_000;

async function aSlowRun() {
  const store = createMemoryRunStore();
  const clock = createHandClock();
  const first = anEngine({ store, clock });
  const second = anEngine({ store, clock });
  const runId = await first.start(aWorkflow({ steps: [aStep('a', 'shop slow')] }));
  return { store, clock, first, second, runId };
}

/** Runs a step of ten seconds while the store is away for a part of them. */
async function runWithOutage(ms: number) {
  const store = createMemoryRunStore();
  const clock = createHandClock();
  const begin = clock.now().getTime() + 500;
  const isAway = () => clock.now().getTime() > begin && clock.now().getTime() < begin + ms;
  const shaky: RunStore = {
    ...store,
    renewLease: async (...args) => {
      if (isAway()) throw new OattyError('STORAGE_FAILED', 'The store does not answer.');
      return store.renewLease(...args);
    },
  };
  const engine = anEngine({ store: shaky, clock });
  const runId = await engine.start(aWorkflow({ steps: [aStep('a', 'shop ten')] }));
  return { run: await engine.execute(runId).catch((error: unknown) => error) };
}

function anEngine(options: TestEngineOptions) {
  const clock = options.clock ?? createHandClock();
  return createTestEngine(
    {
      'shop get': () => 1,
      'shop post': { method: 'POST', answer: () => 1 },
      'shop slow': () => new Promise(() => {}),
      'shop ten': (call) => clock.sleep(10_000, call.signal),
    },
    { ...options, clock },
  );
}
