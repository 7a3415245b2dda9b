import { describe, expect, it } from 'vitest';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { httpError } from '../testing/fake-api.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import type { TestEngineOptions } from '../testing/test-engine.ts';

describe('a failed step', () => {
  it('stops the run: nothing more is started', async () => {
    const engine = anEngine();
    const steps = [aStep('a', 'shop get'), aStep('b', 'shop fail'), aStep('c', 'shop get')];
    const run = await engine.run(aWorkflow({ steps, final_output: { a: '${{ steps.a }}' } }));
    expect(run.status).toBe('failed');
    expect(run.steps).toMatchObject([
      { id: 'a', status: 'succeeded' },
      { id: 'b', status: 'failed', attempts: 1 },
      { id: 'c', status: 'skipped', reason: 'step "b" failed', attempts: 0 },
    ]);
    expect(run.error).toEqual(run.steps[1]?.error);
    expect(run.final_output).toBeNull();
  });

  it('aborts what is in flight at once', async () => {
    const engine = anEngine();
    const steps = [aStep('slow', 'shop slow'), aStep('late', 'shop late'), aStep('next', 'shop get')];
    const run = await engine.run(aWorkflow({ max_parallel: 2, steps }));
    expect(run.steps).toMatchObject([
      { id: 'slow', status: 'canceled', attempts: 1, duration_ms: 10, error: { error_code: 'CANCELED' } },
      { id: 'late', status: 'failed', duration_ms: 10 },
      { id: 'next', status: 'skipped' },
    ]);
    expect(run.duration_ms).toBe(10);
    expect(engine.api.calls[0]?.signal.aborted).toBe(true);
  });

  it('lets the rest go on with on_failure: continue', async () => {
    const engine = anEngine();
    const steps = [
      aStep('a', 'shop fail', { on_failure: 'continue' }),
      aStep('b', 'shop get'),
      aStep('c', 'shop get', { depends_on: ['a'] }),
    ];
    const final_output = { b: '${{ steps.b }}', a: '${{ steps.a ?? "nothing" }}' };
    const run = await engine.run(aWorkflow({ steps, final_output }));
    expect(run).toMatchObject({ status: 'succeeded', final_output: { b: 1, a: 'nothing' } });
    expect(run.error).toBeUndefined();
    expect(run.steps.map((step) => step.status)).toEqual(['failed', 'succeeded', 'skipped']);
  });

  it('names step and command for a command that is not there', async () => {
    const run = await anEngine().run(aWorkflow({ steps: [aStep('a', 'shop gone')] }));
    expect(run.error).toMatchObject({ error_code: 'COMMAND_NOT_FOUND', step_id: 'a', command: 'shop gone' });
  });

  it('says which argument does not fit', async () => {
    const run = await anEngine().run(aWorkflow({ steps: [aStep('a', 'shop get', { with: { nope: 1 } })] }));
    expect(run.error).toMatchObject({
      error_code: 'ARGUMENT_INVALID',
      step_id: 'a',
      violations: [{ path: '$.with.nope', rule: 'parameter_unknown' }],
    });
  });

  it.each([
    ['with.value[1]', { with: { id: 1, value: ['x', '${{ inputs.none.id }}'] } }, 0],
    ['body.name', { body: { name: 'a ${{ inputs.none.id }}' } }, 0],
    ['if', { if: 'inputs.none.id' }, 0],
    ['for_each', { for_each: 'inputs.none.id' }, 0],
    ['for_each[1]', { for_each: [1, '${{ inputs.none.id }}'] }, 0],
    ['repeat.until', { repeat: { until: 'inputs.none.id' } }, 1],
  ])('says that the expression in %s has failed', async (place, parts, attempts) => {
    const run = await anEngine().run(aWorkflow({ steps: [aStep('a', 'shop get', parts)] }));
    expect(run.error).toMatchObject({
      error_code: 'EXPRESSION_FAILED',
      step_id: 'a',
      context: { location: `$.${place}` },
    });
    expect(run.error?.message.split(': ')[0]).toBe(place);
    expect(run.steps[0]?.attempts).toBe(attempts);
  });

  it('is one that the policy denies, or asks about without a confirmed plan', async () => {
    const workflow = aWorkflow({ steps: [aStep('a', 'shop get')] });
    const denied = await anEngine({ decision: { kind: 'deny', reason: 'closed' } }).run(workflow);
    expect(denied.error).toMatchObject({ error_code: 'POLICY_DENIED', step_id: 'a' });

    const asking = anEngine({ decision: { kind: 'ask', reason: 'it costs money' } });
    expect((await asking.run(workflow)).error).toMatchObject({ error_code: 'CONFIRMATION_REQUIRED' });
    const confirmed = await asking.start(workflow, {}, { confirmedPlan: 'a-plan' });
    expect((await asking.execute(confirmed)).status).toBe('succeeded');
  });

  it('is one whose output is larger than allowed', async () => {
    const engine = createTestEngine({ 'shop get': () => 'x'.repeat(11 * 1024 ** 2) });
    const run = await engine.run(aWorkflow({ steps: [aStep('a', 'shop get')] }));
    expect(run.error).toMatchObject({ error_code: 'LIMIT_EXCEEDED', step_id: 'a' });
    expect(run.steps[0]?.output).toBeUndefined();
  });
});

describe('the final output', () => {
  it('is rendered from inputs and outputs when the run succeeds', async () => {
    const final_output = { list: ['${{ steps.a }}'], text: 'got ${{ inputs.n }}', whole: '${{ inputs }}' };
    const workflow = aWorkflow({ inputs: { n: {} }, steps: [aStep('a', 'shop get')], final_output });
    const run = await anEngine().run(workflow, { n: 5 });
    expect(run.final_output).toEqual({ list: [1], text: 'got 5', whole: { n: 5 } });
  });

  it('is null when the workflow has none', async () => {
    const run = await anEngine().run(aWorkflow({ steps: [aStep('a', 'shop get')] }));
    expect(run).toMatchObject({ status: 'succeeded', final_output: null });
  });

  it('fails the run when it cannot be rendered', async () => {
    const workflow = aWorkflow({
      steps: [aStep('a', 'shop get')],
      final_output: { x: '${{ steps.a.none }}' },
    });
    const run = await anEngine().run(workflow);
    expect(run).toMatchObject({
      status: 'failed',
      error: { error_code: 'EXPRESSION_FAILED', context: { location: '$.final_output.x' } },
    });
    expect(run.steps[0]?.status).toBe('succeeded');
  });

  it('fails the run when it is larger than allowed', async () => {
    const workflow = aWorkflow({
      steps: [aStep('a', 'shop get')],
      final_output: ['x'.repeat(60), 'x'.repeat(60)],
    });
    const run = await anEngine({ limits: { maxOutputBytes: 100 } }).run(workflow);
    expect(run.error).toMatchObject({ error_code: 'LIMIT_EXCEEDED', context: { maximum: 100 } });
  });
});

describe('the timeout of a step', () => {
  it('bounds one attempt and aborts its request', async () => {
    const engine = anEngine();
    const run = await engine.run(aWorkflow({ steps: [aStep('a', 'shop slow', { timeout: '3s' })] }));
    expect(run.error).toMatchObject({
      error_code: 'STEP_TIMEOUT',
      step_id: 'a',
      context: { timeout_ms: 3_000 },
    });
    expect(run.steps[0]).toMatchObject({ status: 'failed', duration_ms: 3_000 });
    expect(engine.api.calls[0]).toMatchObject({ timeoutMs: 3_000, signal: { aborted: true } });
  });

  it('leaves time for further attempts', async () => {
    const engine = anEngine();
    const retry = { max_attempts: 3, delay: '1s', backoff: 'constant' } as const;
    const run = await engine.run(aWorkflow({ steps: [aStep('a', 'shop slow', { timeout: '3s', retry })] }));
    expect(run.steps[0]).toMatchObject({ status: 'failed', attempts: 3, duration_ms: 11_000 });
  });

  it('ends an attempt whose executor does not listen', async () => {
    const engine = createTestEngine({ 'shop deaf': () => new Promise(() => {}) });
    const run = await engine.run(aWorkflow({ steps: [aStep('a', 'shop deaf', { timeout: '1s' })] }));
    expect(run.error).toMatchObject({ error_code: 'STEP_TIMEOUT' });
  });

  it('does nothing to a call that is faster', async () => {
    const run = await anEngine().run(aWorkflow({ steps: [aStep('a', 'shop get', { timeout: '1s' })] }));
    expect(run.status).toBe('succeeded');
  });
});

describe('the timeout of a run', () => {
  it('ends the run and aborts what is in flight', async () => {
    const engine = anEngine();
    const steps = [aStep('a', 'shop get'), aStep('b', 'shop slow'), aStep('c', 'shop get')];
    const run = await engine.run(aWorkflow({ timeout: '5s', steps }));
    expect(run).toMatchObject({ status: 'failed', error: { error_code: 'RUN_TIMEOUT' }, duration_ms: 5_000 });
    expect(run.steps).toMatchObject([
      { status: 'succeeded' },
      { status: 'canceled', error: { error_code: 'RUN_TIMEOUT' } },
      { status: 'skipped', reason: 'the run timed out' },
    ]);
  });

  it('ends a wait for the next attempt, and a poll', async () => {
    for (const parts of [
      { retry: { max_attempts: 9, delay: '1h', max_delay: '1h' } },
      { repeat: { until: 'false', every: '1h' } },
    ]) {
      const engine = createTestEngine({
        'shop get': () => {
          if ('retry' in parts) throw httpError(503);
          return 1;
        },
      });
      const run = await engine.run(aWorkflow({ timeout: '5s', steps: [aStep('a', 'shop get', parts)] }));
      expect(run).toMatchObject({ error: { error_code: 'RUN_TIMEOUT' }, duration_ms: 5_000 });
      expect(run.steps[0]?.status).toBe('canceled');
    }
  });
});

function anEngine(options: TestEngineOptions = {}) {
  const clock = createHandClock();
  return createTestEngine(
    {
      'shop get': () => 1,
      'shop slow': (call) => clock.sleep(60_000, call.signal),
      'shop late': async (call) => {
        await clock.sleep(10, call.signal);
        throw httpError(500);
      },
      'shop fail': () => {
        throw httpError(404);
      },
    },
    { clock, ...options },
  );
}
