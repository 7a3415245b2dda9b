import { describe, expect, it } from 'vitest';
import type { Step } from '@oatty/types';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { httpError } from '../testing/fake-api.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import type { TestEngineOptions } from '../testing/test-engine.ts';
import { createMemoryRunStore } from './memory-run-store.ts';

const hourly = { until: 'steps.a == "done"', every: '1h' };

describe('a run in which everything waits for time', () => {
  it('rests until the first of it is due', async () => {
    const { engine, runId } = await started([aStep('a', 'shop poll', { repeat: hourly })]);
    const run = await engine.clock.play(engine.runner.execute(runId));
    expect(run).toMatchObject({ status: 'waiting', due_at: '2026-01-01T01:00:00.000Z' });
    expect(run.steps[0]).toMatchObject({ status: 'waiting', attempts: 1 });
  });

  it('holds neither a lease nor a timer', async () => {
    const { engine, runId } = await started([aStep('a', 'shop poll', { repeat: hourly })]);
    await engine.clock.play(engine.runner.execute(runId));
    await engine.clock.settle();
    expect(engine.clock.sleepers).toBe(0);
    const lease = { owner: 'somebody else', until: '2026-01-01T00:01:00.000Z' };
    expect(await engine.store.acquireLease(runId, lease, '2026-01-01T00:00:00.000Z')).toBe(true);
  });

  it('tells of it in an event without a question', async () => {
    const { engine, runId } = await started([aStep('a', 'shop poll', { repeat: hourly })]);
    await engine.clock.play(engine.runner.execute(runId));
    const last = (await engine.events(runId)).at(-1);
    expect(last).toMatchObject({ type: 'run_waiting', until: '2026-01-01T01:00:00.000Z' });
    expect(last).not.toHaveProperty('question');
  });

  it('goes on at its time, in whatever process', async () => {
    const store = createMemoryRunStore();
    const clock = createHandClock();
    const { engine, runId } = await started([aStep('a', 'shop poll', { repeat: hourly })], { store, clock });
    await clock.play(engine.runner.execute(runId));
    const other = createTestEngine({ 'shop poll': () => 'done' }, { store, clock });
    expect((await clock.play(other.runner.execute(runId))).status).toBe('waiting');
    expect(other.api.calls).toEqual([]);
    await clock.advance(3_600_000);
    const run = await clock.play(other.runner.execute(runId));
    expect(run).toMatchObject({ status: 'succeeded', duration_ms: 3_600_000 });
    expect(run.steps[0]).toMatchObject({ attempts: 2, output: 'done' });
  });

  it('goes by the clock of the wall, whichever way that is set', async () => {
    const { engine, runId } = await started([aStep('a', 'shop poll', { repeat: hourly })]);
    await engine.clock.play(engine.runner.execute(runId));
    engine.clock.set(-1_800_000);
    await engine.clock.advance(3_600_000);
    expect((await engine.clock.play(engine.runner.execute(runId))).status).toBe('waiting');
    engine.clock.set(3_600_000);
    const run = await engine.clock.play(engine.runner.execute(runId));
    expect(run).toMatchObject({ status: 'succeeded', steps: [{ attempts: 2, output: 'done' }] });
  });

  it('rests before a later attempt and keeps its number', async () => {
    const retry = { max_attempts: 3, delay: '10m', max_delay: '1h', backoff: 'constant' } as const;
    const { engine, runId } = await started([aStep('a', 'shop flaky', { retry })]);
    const run = await engine.clock.play(engine.runner.execute(runId));
    expect(run).toMatchObject({ status: 'waiting', due_at: '2026-01-01T00:10:00.000Z' });
    const ended = await engine.execute(runId);
    expect(ended.steps[0]).toMatchObject({ status: 'succeeded', attempts: 3 });
  });

  it('stays in memory for a short wait', async () => {
    const retry = { max_attempts: 3, delay: '1s', backoff: 'constant' } as const;
    const { engine, runId } = await started([aStep('a', 'shop flaky', { retry })]);
    const run = await engine.clock.play(engine.runner.execute(runId));
    expect(run.status).toBe('succeeded');
    expect((await engine.events(runId)).map(({ type }) => type)).not.toContain('run_waiting');
  });

  it('ends at once when it is canceled', async () => {
    const { engine, runId } = await started([aStep('a', 'shop poll', { repeat: hourly })]);
    await engine.clock.play(engine.runner.execute(runId));
    await engine.runner.cancel(runId);
    const run = await engine.runner.read(runId);
    expect(run).toMatchObject({ status: 'canceled', steps: [{ status: 'canceled', attempts: 1 }] });
    expect(run).not.toHaveProperty('due_at');
  });

  it('wakes when its own time is over', async () => {
    const engine = anEngine();
    const workflow = aWorkflow({ timeout: '30m', steps: [aStep('a', 'shop poll', { repeat: hourly })] });
    const run = await engine.run(workflow);
    expect(run).toMatchObject({ status: 'failed', duration_ms: 1_800_000 });
    expect(run.error?.error_code).toBe('RUN_TIMEOUT');
  });

  it('wakes when the time of a poll is over', async () => {
    const engine = anEngine();
    const repeat = { ...hourly, timeout: '20m' };
    const run = await engine.run(aWorkflow({ steps: [aStep('a', 'shop poll', { repeat })] }));
    expect(run.steps[0]).toMatchObject({ status: 'failed', duration_ms: 1_200_000 });
    expect(run.error?.error_code).toBe('STEP_TIMEOUT');
  });
});

describe('a run in which something goes on', () => {
  it('does not rest while a step works', async () => {
    const steps = [aStep('a', 'shop poll', { repeat: hourly }), aStep('b', 'shop slow')];
    const engine = anEngine();
    const runId = await engine.start(aWorkflow({ max_parallel: 2, steps }));
    const resting = engine.runner.execute(runId);
    await engine.clock.advance(20_000);
    expect((await engine.runner.read(runId)).status).toBe('running');
    const run = await engine.clock.play(resting);
    expect(run).toMatchObject({ status: 'waiting', steps: [{ status: 'waiting' }, { status: 'succeeded' }] });
  });

  it('starts what has become ready before it rests', async () => {
    const steps = [
      aStep('a', 'shop poll', { repeat: hourly }),
      aStep('b', 'shop get'),
      aStep('c', 'shop get', { depends_on: ['b'] }),
    ];
    const engine = anEngine();
    const runId = await engine.start(aWorkflow({ max_parallel: 2, steps }));
    const run = await engine.clock.play(engine.runner.execute(runId));
    expect(run.steps.map(({ status }) => status)).toEqual(['waiting', 'succeeded', 'succeeded']);
  });

  it('lets a waiting step keep its place in the order', async () => {
    const steps = [aStep('a', 'shop poll', { repeat: hourly }), aStep('b', 'shop get')];
    const engine = anEngine();
    const runId = await engine.start(aWorkflow({ steps }));
    await engine.clock.play(engine.runner.execute(runId));
    expect(engine.api.countOf('shop get')).toBe(0);
    await engine.execute(runId);
    expect(engine.api.calls.map(({ found }) => found.command.id)).toEqual([
      'shop poll',
      'shop poll',
      'shop get',
    ]);
  });
});

describe('items and sub-workflows that wait for time', () => {
  it('rest together with their run, whatever the window', async () => {
    const each = aStep('a', 'shop item', {
      for_each: '[1, 2, 3]',
      concurrency: 2,
      with: { n: '${{ item }}' },
      retry: { max_attempts: 2, delay: '1h', max_delay: '1h' },
    });
    const engine = anEngine();
    const runId = await engine.start(aWorkflow({ steps: [each] }));
    const run = await engine.clock.play(engine.runner.execute(runId));
    expect(run).toMatchObject({ status: 'waiting', due_at: '2026-01-01T01:00:00.000Z' });
    expect(engine.api.calls).toHaveLength(2);
    const ended = await engine.execute(runId);
    expect(ended.steps[0]).toMatchObject({ status: 'succeeded', output: [1, 2, 3], attempts: 6 });
    expect(ended.duration_ms).toBe(7_200_000);
  });

  it('let a parent rest until its child is due', async () => {
    const child = aWorkflow({
      workflow: 'child',
      steps: [aStep('a', 'shop poll', { repeat: hourly })],
      final_output: '${{ steps.a }}',
    });
    const engine = anEngine({ workflows: [child] });
    const runId = await engine.start(aWorkflow({ steps: [aStep('sub', 'workflow child')] }));
    const run = await engine.clock.play(engine.runner.execute(runId));
    expect(run).toMatchObject({ status: 'waiting', due_at: '2026-01-01T01:00:00.000Z' });
    const ended = await engine.execute(runId);
    expect(ended.steps[0]).toMatchObject({ status: 'succeeded', output: 'done', attempts: 1 });
  });
});

async function started(steps: readonly Step[], options: TestEngineOptions = {}) {
  const engine = anEngine(options);
  return { engine, runId: await engine.start(aWorkflow({ steps: [...steps] })) };
}

function anEngine(options: TestEngineOptions = {}) {
  const clock = options.clock ?? createHandClock();
  const tried = new Set<unknown>();
  return createTestEngine(
    {
      'shop get': () => 'got',
      'shop poll': (_, nth) => (nth < 2 ? 'not yet' : 'done'),
      'shop slow': async (call) => {
        await clock.sleep(60_000, call.signal);
        return 'slow';
      },
      'shop flaky': (_, nth) => {
        if (nth < 3) throw httpError(503);
        return 'at last';
      },
      'shop item': (call) => {
        const n = call.arguments.with['n'];
        if (tried.has(n)) return n;
        tried.add(n);
        throw httpError(503);
      },
    },
    { ...options, clock },
  );
}
