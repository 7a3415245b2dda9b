import { describe, expect, it } from 'vitest';
import { OattyError } from '@oatty/types';
import type { RunEvent, RunEventBody } from '@oatty/types';
import { applyEvent, noProgress } from './run-progress.ts';

const at = '2026-01-01T00:00:00.000Z';
const after = (...events: readonly RunEventBody[]) =>
  events
    .map((body, index): RunEvent => ({ run_id: 'run_1', seq: index + 1, at, ...body }))
    .reduce(applyEvent, noProgress);
const started = (id: string): RunEventBody => ({
  type: 'step_started',
  step_id: id,
  run: 'shop orders:list',
});
const finished = (id: string): RunEventBody => ({
  type: 'step_finished',
  step_id: id,
  result: { id, status: 'succeeded', attempts: 1 },
});
const error = new OattyError('HTTP_ERROR', 'GET /x answered 503').toPayload();

describe('applyEvent', () => {
  it('keeps the steps that are under way, in the order in which they started', () => {
    const { active } = after(started('a'), started('b'), started('c'), finished('b'));
    expect(active.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(active[0]).toEqual({ id: 'a', status: 'running', startedAt: Date.parse(at), attempt: 1 });
  });

  it('counts the attempt that is under way, and says why the last one failed', () => {
    const retrying: RunEventBody = {
      type: 'step_attempt',
      step_id: 'a',
      attempt: 2,
      outcome: 'retrying',
      error,
      delay_ms: 500,
      duration_ms: 3,
    };
    expect(after(started('a'), retrying).active[0]).toMatchObject({
      attempt: 3,
      message: 'GET /x answered 503',
    });
  });

  it('begins to count again with the next call of a step', () => {
    const attempt = { type: 'step_attempt', step_id: 'a', attempt: 1, duration_ms: 3 } as const;
    expect(
      after(started('a'), { ...attempt, outcome: 'retrying' }, { ...attempt, outcome: 'succeeded' }).active[0]
        ?.attempt,
    ).toBe(1);
  });

  it('shows what a step says of its progress', () => {
    const progress: RunEventBody = {
      type: 'step_progress',
      step_id: 'a',
      done: 3,
      total: 9,
      message: '3 of 9 items',
    };
    expect(after(started('a'), started('b'), progress).active.map(({ message }) => message)).toEqual([
      '3 of 9 items',
      undefined,
    ]);
  });

  it('keeps what the whole run waits for', () => {
    expect(after({ type: 'run_waiting', message: 'Until 12:00' })).toEqual({
      active: [],
      waitingFor: 'Until 12:00',
    });
  });

  it('is not disturbed by steps that end without a start', () => {
    expect(after(finished('skipped'), { type: 'run_finished', status: 'succeeded' })).toEqual(noProgress);
  });
});
