import { describe, expect, it } from 'vitest';
import type { Workflow } from '@oatty/types';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { httpError } from '../testing/fake-api.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import type { Routes } from '../testing/test-engine.ts';

describe('the order of steps', () => {
  it('is the order of declaration where nothing else is said', async () => {
    expect(await calledSteps(aWorkflow({ steps: [get('b'), get('a'), get('c')] }))).toEqual(['b', 'a', 'c']);
  });

  it('lets the first ready step in declaration order go next', async () => {
    const steps = [get('a', { depends_on: ['c'] }), get('b'), get('c')];
    expect(await calledSteps(aWorkflow({ steps }))).toEqual(['b', 'c', 'a']);
  });

  it('puts a step after every step that its arguments, body, condition or items refer to', async () => {
    const steps = [
      get('w', { with: { id: '${{ steps.z.output }}' } }),
      get('x', { body: { deep: ['${{ steps.z }}'] } }),
      get('c', { if: 'steps.z == 1' }),
      get('i', { for_each: '[steps.z]' }),
      get('z'),
    ];
    expect(await calledSteps(aWorkflow({ steps }))).toEqual(['z', 'w', 'x', 'c', 'i']);
  });

  it('lets a step refer to itself in its own "until"', async () => {
    const steps = [get('a', { repeat: { until: 'steps.a == 1' } })];
    expect(await calledSteps(aWorkflow({ steps }))).toEqual(['a']);
  });

  it('runs up to max_parallel steps side by side', async () => {
    for (const [max_parallel, expected] of [
      [1, 1],
      [2, 2],
      [3, 3],
      [8, 5],
    ] as const) {
      const load = { now: 0, most: 0 };
      const engine = createTestEngine({
        'shop get': async (call) => {
          load.now += 1;
          load.most = Math.max(load.most, load.now);
          await engine.clock.sleep(10, call.signal);
          load.now -= 1;
        },
      });
      const steps = ['a', 'b', 'c', 'd', 'e'].map((id) => get(id));
      await engine.run(aWorkflow({ max_parallel, steps }));
      expect(load.most).toBe(expected);
    }
  });

  it('begins a step as soon as what it waits for has ended, whatever else is going on', async () => {
    const engine = createTestEngine({
      'shop slow': (call) => engine.clock.sleep(100, call.signal),
      'shop get': (call) => engine.clock.sleep(10, call.signal),
    });
    const steps = [aStep('slow', 'shop slow'), get('a'), get('b', { depends_on: ['a'] })];
    const run = await engine.run(aWorkflow({ max_parallel: 2, steps }));
    expect(run.steps.map((step) => step.finished_at?.slice(-5))).toEqual(['.100Z', '.010Z', '.020Z']);
    expect(run.duration_ms).toBe(100);
  });

  it('fails a run whose steps wait for each other, and calls nothing', async () => {
    const engine = createTestEngine(routes);
    const steps = [get('a', { with: { id: '${{ steps.b }}' } }), get('b', { depends_on: ['a'] })];
    const run = await engine.run(aWorkflow({ steps }));
    expect(run).toMatchObject({ status: 'failed', error: { error_code: 'WORKFLOW_VALIDATION_FAILED' } });
    expect(engine.api.calls).toEqual([]);
  });

  it('refuses more steps than allowed before there is a run', async () => {
    const engine = createTestEngine(routes, { limits: { maxSteps: 2 } });
    await expect(engine.start(aWorkflow({ steps: [get('a'), get('b'), get('c')] }))).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
    });
    expect((await engine.store.listRuns({ limit: 1 })).items).toEqual([]);
  });
});

describe('gates', () => {
  it('skip a step unless everything in depends_on has succeeded', async () => {
    const steps = [
      aStep('broken', 'shop fail', { on_failure: 'continue' }),
      get('after', { depends_on: ['broken'] }),
      get('later', { depends_on: ['after'] }),
      get('free'),
    ];
    const run = await createTestEngine(routes).run(aWorkflow({ steps }));
    expect(run.status).toBe('succeeded');
    expect(run.steps.map(({ id, status, reason }) => [id, status, reason])).toEqual([
      ['broken', 'failed', undefined],
      ['after', 'skipped', 'depends on "broken", which failed'],
      ['later', 'skipped', 'depends on "after", which was skipped'],
      ['free', 'succeeded', undefined],
    ]);
  });

  it('do not come from references, which only order', async () => {
    const steps = [get('no', { if: false }), get('guarded', { with: { id: '${{ steps.no ?? "none" }}' } })];
    const engine = createTestEngine(routes);
    const run = await engine.run(aWorkflow({ steps }));
    expect(run.steps.map(({ status }) => status)).toEqual(['skipped', 'succeeded']);
    expect(engine.api.calls[0]?.arguments.with).toEqual({ id: 'none' });
  });

  it('leave a bare reference to a skipped step an error', async () => {
    const steps = [get('no', { if: false }), get('bare', { with: { id: '${{ steps.no }}' } })];
    const run = await createTestEngine(routes).run(aWorkflow({ steps }));
    expect(run.status).toBe('failed');
    expect(run.error).toMatchObject({ error_code: 'EXPRESSION_FAILED', step_id: 'bare' });
  });
});

describe('conditions', () => {
  it.each([
    ['true', true, 'succeeded'],
    ['false', false, 'skipped'],
    ['an expression that holds', 'inputs.amount > 10', 'succeeded'],
    ['an expression that does not', '${{ inputs.amount > 100 }}', 'skipped'],
    ['an empty value', 'inputs.nothing', 'skipped'],
  ])('decide whether a step runs: %s', async (_, condition, status) => {
    const engine = createTestEngine(routes);
    const inputs = { amount: {}, nothing: { optional: true } };
    const run = await engine.run(aWorkflow({ inputs, steps: [get('a', { if: condition })] }), {
      amount: 50,
      nothing: null,
    });
    expect(run.steps[0]?.status).toBe(status);
    expect(engine.api.calls).toHaveLength(status === 'succeeded' ? 1 : 0);
  });

  it('may be written as "when"', async () => {
    const run = await createTestEngine(routes).run(aWorkflow({ steps: [get('a', { when: '1 == 2' })] }));
    expect(run.steps[0]).toEqual({
      id: 'a',
      status: 'skipped',
      reason: 'its condition is false: 1 == 2',
      attempts: 0,
    });
  });

  it('are decided once, before there are items', async () => {
    const steps = [get('a', { if: 'has(item)', for_each: [1, 2] })];
    const run = await createTestEngine(routes).run(aWorkflow({ steps }));
    expect(run.steps[0]?.status).toBe('skipped');
  });

  it('fail the step when they cannot be decided', async () => {
    const run = await createTestEngine(routes).run(aWorkflow({ steps: [get('a', { if: 'inputs.none' })] }));
    expect(run.steps[0]).toMatchObject({ status: 'failed', attempts: 0 });
    expect(run.error).toMatchObject({ error_code: 'EXPRESSION_FAILED', step_id: 'a' });
  });
});

const routes: Routes = {
  'shop get': () => 1,
  'shop fail': () => {
    throw httpError(404);
  },
};

function get(id: string, parts: Parameters<typeof aStep>[2] = {}) {
  return aStep(id, 'shop get', parts);
}

async function calledSteps(workflow: Workflow): Promise<readonly (string | undefined)[]> {
  const engine = createTestEngine(routes);
  const run = await engine.run(workflow);
  expect(run.status).toBe('succeeded');
  return engine.api.calls.map((call) => call.step?.stepId);
}
