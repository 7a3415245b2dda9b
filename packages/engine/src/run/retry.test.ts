import { describe, expect, it } from 'vitest';
import type { Retry } from '@oatty/types';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { httpError, networkError } from '../testing/fake-api.ts';
import type { Answer } from '../testing/fake-api.ts';
import { createTestEngine } from '../testing/test-engine.ts';

describe('a step with retry', () => {
  it('is called again until it succeeds', async () => {
    const { run, times } = await runWith({ max_attempts: 4, delay: '100ms' }, (_, nth) => {
      if (nth < 3) throw httpError(503);
      return { ok: true };
    });
    expect(run.steps[0]).toMatchObject({ status: 'succeeded', output: { ok: true }, attempts: 3 });
    expect(times).toEqual([0, 100, 300]);
  });

  it('fails with the last error when no attempt is left', async () => {
    const { run, times } = await runWith({ max_attempts: 3, delay: '100ms' }, (_, nth) => {
      throw httpError(500 + nth);
    });
    expect(run.steps[0]).toMatchObject({ status: 'failed', attempts: 3 });
    expect(run.error).toMatchObject({ error_code: 'HTTP_ERROR', context: { status: 503 }, step_id: 'a' });
    expect(times).toEqual([0, 100, 300]);
  });

  it('fails at once with an error that is not tried again', async () => {
    const { run, times } = await runWith({ max_attempts: 3 }, () => {
      throw httpError(404);
    });
    expect(run.steps[0]).toMatchObject({ status: 'failed', attempts: 1 });
    expect(times).toEqual([0]);
  });

  it('waits as long as Retry-After says', async () => {
    const { times } = await runWith({ max_attempts: 3, delay: '100ms', max_delay: '5s' }, (_, nth) => {
      if (nth === 1) throw httpError(429, { retry_after_ms: 2_000 });
      if (nth === 2) throw httpError(429, { retry_after_ms: 60_000 });
      return null;
    });
    expect(times).toEqual([0, 2_000, 7_000]);
  });

  it('tells of every attempt', async () => {
    const { events } = await runWith({ max_attempts: 2, delay: '100ms' }, async (_, nth) => {
      if (nth === 1) throw networkError();
      return null;
    });
    expect(events.filter((event) => event.type === 'step_attempt')).toMatchObject([
      { attempt: 1, outcome: 'retrying', error: { error_code: 'NETWORK_ERROR' }, delay_ms: 100 },
      { attempt: 2, outcome: 'succeeded', status: 200 },
    ]);
  });

  it('is called once without retry', async () => {
    const { run, times } = await runWith(null, () => {
      throw httpError(503);
    });
    expect(run.steps[0]).toMatchObject({ status: 'failed', attempts: 1 });
    expect(times).toEqual([0]);
  });

  it('keeps status, headers and body of an HTTP error', async () => {
    const { run } = await runWith(null, () => {
      throw httpError(422, { path: '/orders' });
    });
    expect(run.steps[0]?.error).toMatchObject({
      error_code: 'HTTP_ERROR',
      command: 'shop get',
      step_id: 'a',
      context: { status: 422, path: '/orders' },
      response_payload: { status: 422, headers: {}, body: { error: 'status 422' } },
    });
  });
});

async function runWith(retry: Retry | null, answer: Answer) {
  const times: number[] = [];
  const engine = createTestEngine({
    'shop get': (call, nth) => {
      times.push(engine.clock.now().getTime() - Date.UTC(2026, 0, 1));
      return answer(call, nth);
    },
  });
  const run = await engine.run(aWorkflow({ steps: [aStep('a', 'shop get', { retry })] }));
  return { run, times, events: await engine.events(run.run_id) };
}
