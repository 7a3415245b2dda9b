import { describe, expect, it } from 'vitest';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { httpError } from '../testing/fake-api.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { createTestEngine } from '../testing/test-engine.ts';

describe('the events of a run', () => {
  it('tell everything that happened, in order', async () => {
    const clock = createHandClock();
    const engine = createTestEngine(
      {
        'shop get': async (call) => {
          await clock.sleep(20, call.signal);
          return { id: 7 };
        },
      },
      { clock },
    );
    const steps = [aStep('a', 'shop get'), aStep('b', 'shop get', { if: false })];
    const run = await engine.run(aWorkflow({ steps, final_output: '${{ steps.a.id }}' }));
    const at = '2026-01-01T00:00:00.000Z';
    const later = '2026-01-01T00:00:00.020Z';
    expect(await engine.events(run.run_id)).toEqual([
      { run_id: run.run_id, seq: 1, at, type: 'run_started', workflow_id: 'orders' },
      { run_id: run.run_id, seq: 2, at, type: 'step_started', step_id: 'a', run: 'shop get' },
      {
        run_id: run.run_id,
        seq: 3,
        at: later,
        type: 'step_attempt',
        step_id: 'a',
        attempt: 1,
        outcome: 'succeeded',
        status: 200,
        duration_ms: 20,
      },
      {
        run_id: run.run_id,
        seq: 4,
        at: later,
        type: 'step_finished',
        step_id: 'a',
        result: {
          id: 'a',
          status: 'succeeded',
          output: { id: 7 },
          attempts: 1,
          started_at: at,
          finished_at: later,
          duration_ms: 20,
        },
      },
      {
        run_id: run.run_id,
        seq: 5,
        at: later,
        type: 'step_finished',
        step_id: 'b',
        result: { id: 'b', status: 'skipped', reason: 'its condition is false', attempts: 0 },
      },
      { run_id: run.run_id, seq: 6, at: later, type: 'run_finished', status: 'succeeded', final_output: 7 },
    ]);
  });

  it('end with the error of a failed run, after those of the steps it skipped', async () => {
    const engine = createTestEngine({
      'shop fail': () => {
        throw httpError(404);
      },
    });
    const run = await engine.run(aWorkflow({ steps: [aStep('a', 'shop fail'), aStep('b', 'shop fail')] }));
    const events = await engine.events(run.run_id);
    expect(events.map((event) => event.type)).toEqual([
      'run_started',
      'step_started',
      'step_attempt',
      'step_finished',
      'step_finished',
      'run_finished',
    ]);
    expect(events.at(-1)).toMatchObject({
      status: 'failed',
      error: { error_code: 'HTTP_ERROR', step_id: 'a' },
    });
  });

  it('say that an attempt was canceled', async () => {
    const engine = createTestEngine({ 'shop slow': () => new Promise(() => {}) });
    const run = await engine.run(aWorkflow({ timeout: '1s', steps: [aStep('a', 'shop slow')] }));
    const events = await engine.events(run.run_id);
    expect(events.find((event) => event.type === 'step_attempt')).toMatchObject({
      outcome: 'canceled',
      error: { error_code: 'RUN_TIMEOUT' },
      duration_ms: 1_000,
    });
  });
});

describe('the document of a run', () => {
  it('has the steps in declaration order, with their times', async () => {
    const engine = createTestEngine({ 'shop get': () => 1 });
    const steps = [aStep('b', 'shop get', { depends_on: ['a'] }), aStep('a', 'shop get')];
    const workflow = aWorkflow({ inputs: { n: {} }, steps });
    const run = await engine.run(workflow, { n: 5 });
    const at = '2026-01-01T00:00:00.000Z';
    const times = { started_at: at, finished_at: at, duration_ms: 0 };
    expect(run).toEqual({
      run_id: run.run_id,
      workflow_id: 'orders',
      status: 'succeeded',
      inputs: { n: 5 },
      steps: [
        { id: 'b', status: 'succeeded', output: 1, attempts: 1, ...times },
        { id: 'a', status: 'succeeded', output: 1, attempts: 1, ...times },
      ],
      final_output: null,
      created_at: at,
      ...times,
    });
  });

  it('shows what is going on while the run goes on', async () => {
    const clock = createHandClock();
    const engine = createTestEngine(
      { 'shop get': () => 1, 'shop slow': () => new Promise(() => {}) },
      { clock },
    );
    const steps = [
      aStep('a', 'shop get'),
      aStep('b', 'shop slow', { for_each: '[1, 2]', concurrency: 2 }),
      aStep('c', 'shop get'),
    ];
    const runId = await engine.start(aWorkflow({ steps }));
    expect((await engine.runner.read(runId)).steps.map((step) => step.status)).toEqual([
      'pending',
      'pending',
      'pending',
    ]);
    void engine.runner.execute(runId);
    await clock.advance(100);
    expect(await engine.runner.read(runId)).toMatchObject({
      status: 'running',
      steps: [
        { id: 'a', status: 'succeeded' },
        { id: 'b', status: 'running', attempts: 2, started_at: '2026-01-01T00:00:00.000Z' },
        { id: 'c', status: 'pending', attempts: 0 },
      ],
    });
    await engine.runner.cancel(runId);
  });

  it('is not there for a run that is not', async () => {
    const engine = createTestEngine({});
    await expect(engine.runner.read('nope')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
    await expect(engine.runner.execute('nope')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  });
});
