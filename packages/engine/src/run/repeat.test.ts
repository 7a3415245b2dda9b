import { describe, expect, it } from 'vitest';
import type { Step } from '@oatty/types';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { httpError } from '../testing/fake-api.ts';
import type { Answer, FakeRoute } from '../testing/fake-api.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { createTestEngine } from '../testing/test-engine.ts';

describe('a step with repeat', () => {
  it('is called until its own output says so', async () => {
    const { run, times } = await runWith(
      { repeat: { until: 'steps.a.status == "done"', every: '2s' } },
      (_, nth) => ({ status: nth === 3 ? 'done' : 'busy' }),
    );
    expect(run.steps[0]).toMatchObject({ status: 'succeeded', output: { status: 'done' }, attempts: 3 });
    expect(times).toEqual([0, 2_000, 4_000]);
  });

  it('waits a second between calls when nothing is said', async () => {
    const { times } = await runWith({ repeat: { until: '${{ steps.a == 2 }}' } }, (_, nth) => nth);
    expect(times).toEqual([0, 1_000]);
  });

  it('sends the same arguments with every poll', async () => {
    const { engine } = await runWith(
      {
        repeat: { until: 'steps.a == 2' },
        with: { id: '${{ inputs.id }}' },
        body: { id: '${{ inputs.id }}' },
      },
      (_, nth) => nth,
    );
    expect(engine.api.calls.map((call) => call.arguments)).toEqual([
      { with: { id: 'o-1' }, body: { id: 'o-1' } },
      { with: { id: 'o-1' }, body: { id: 'o-1' } },
    ]);
  });

  it('fails after max_attempts calls and keeps the last output', async () => {
    const { run, times } = await runWith(
      { repeat: { until: 'steps.a == "done"', max_attempts: 3 } },
      (_, nth) => nth,
    );
    expect(run.steps[0]).toMatchObject({
      status: 'failed',
      output: 3,
      attempts: 3,
      error: { error_code: 'STEP_FAILED', context: { max_attempts: 3 } },
    });
    expect(times).toEqual([0, 1_000, 2_000]);
  });

  it('gives up after 100 calls when nothing is said', async () => {
    const { run } = await runWith({ repeat: { until: 'false' } }, () => null);
    expect(run.steps[0]).toMatchObject({ status: 'failed', attempts: 100 });
  });

  it('fails when its time is over, in the middle of a wait', async () => {
    const { run, engine } = await runWith(
      { repeat: { until: 'false', every: '10s', timeout: '25s' } },
      (_, nth) => nth,
    );
    expect(run.steps[0]).toMatchObject({
      status: 'failed',
      output: 3,
      error: { error_code: 'STEP_TIMEOUT', context: { timeout_ms: 25_000 } },
      duration_ms: 25_000,
    });
    expect(engine.api.calls).toHaveLength(3);
  });

  it('fails when its time is over, in the middle of a call', async () => {
    const clock = createHandClock();
    const { run, engine } = await runWith(
      { repeat: { until: 'false', timeout: '5s' }, retry: { max_attempts: 9 } },
      (call) => clock.sleep(60_000, call.signal),
      clock,
    );
    expect(run.steps[0]).toMatchObject({ error: { error_code: 'STEP_TIMEOUT' }, duration_ms: 5_000 });
    expect(engine.api.calls).toHaveLength(1);
    expect(engine.api.calls[0]?.signal.aborted).toBe(true);
  });

  it('fails when a call fails', async () => {
    const { run } = await runWith({ repeat: { until: 'steps.a == 9' } }, (_, nth) => {
      if (nth === 2) throw httpError(500);
      return nth;
    });
    expect(run.steps[0]).toMatchObject({
      status: 'failed',
      output: 1,
      attempts: 2,
      error: { error_code: 'HTTP_ERROR' },
    });
  });

  it('tries each call as often as retry says', async () => {
    const { run, times, events } = await runWith(
      { repeat: { until: 'steps.a == 4', every: '1s' }, retry: { max_attempts: 2, delay: '100ms' } },
      (_, nth) => {
        if (nth === 1 || nth === 3) throw httpError(503);
        return nth;
      },
    );
    expect(run.steps[0]).toMatchObject({ status: 'succeeded', attempts: 4 });
    expect(times).toEqual([0, 100, 1_100, 1_200]);
    const attempts = events.flatMap((event) => {
      return event.type === 'step_attempt' ? [[event.poll, event.attempt, event.outcome]] : [];
    });
    expect(attempts).toEqual([
      [1, 1, 'retrying'],
      [1, 2, 'succeeded'],
      [2, 1, 'retrying'],
      [2, 2, 'succeeded'],
    ]);
  });

  it('fails when "until" cannot be decided', async () => {
    const { run } = await runWith({ repeat: { until: 'steps.a.status == "done"' } }, () => ({}));
    expect(run.steps[0]).toMatchObject({ status: 'failed', error: { error_code: 'EXPRESSION_FAILED' } });
  });

  it('does not see its own output in its arguments', async () => {
    const engine = createTestEngine({ 'shop get': () => 1 });
    const steps = [aStep('a', 'shop get', { with: { id: '${{ item }}' }, repeat: { until: 'true' } })];
    const run = await engine.run(aWorkflow({ steps }));
    expect(run.steps[0]).toMatchObject({ status: 'failed', attempts: 0 });
  });

  it('is called once without "until"', async () => {
    const { run } = await runWith({ repeat: { every: '1s' } }, () => 1);
    expect(run.steps[0]).toMatchObject({ status: 'succeeded', attempts: 1 });
  });

  it('sends its own idempotency key with each poll, and the same with each attempt of one', async () => {
    const { engine } = await runWith(
      { repeat: { until: 'steps.a == 3' }, retry: { max_attempts: 2 } },
      {
        method: 'POST',
        answer: (_, nth) => {
          if (nth === 1) throw httpError(503);
          return nth;
        },
      },
    );
    const [first, second, third] = engine.api.calls.map((call) => call.idempotencyKey);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('tells how the polling goes', async () => {
    const { events } = await runWith({ repeat: { until: 'steps.a == 2', every: '2s' } }, (_, nth) => nth);
    expect(events.filter((event) => event.type === 'step_progress')).toMatchObject([
      { step_id: 'a', done: 1, message: 'poll 1: not yet, again in 2000 ms' },
    ]);
  });
});

async function runWith(parts: Partial<Step>, route: Answer | FakeRoute, clock = createHandClock()) {
  const times: number[] = [];
  const { answer, ...rest } = typeof route === 'function' ? { answer: route } : route;
  const timed: Answer = (call, nth) => {
    times.push(clock.now().getTime() - Date.UTC(2026, 0, 1));
    return answer(call, nth);
  };
  const engine = createTestEngine({ 'shop get': { ...rest, answer: timed } }, { clock });
  const workflow = aWorkflow({ inputs: { id: { optional: true } }, steps: [aStep('a', 'shop get', parts)] });
  const run = await engine.run(workflow, { id: 'o-1' });
  return { run, times, engine, events: await engine.events(run.run_id) };
}
