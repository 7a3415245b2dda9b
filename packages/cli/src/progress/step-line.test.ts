import { describe, expect, it } from 'vitest';
import { OattyError } from '@oatty/types';
import type { RunEvent } from '@oatty/types';
import { plainStyle } from '../output/text-style.ts';
import { toActiveLine, toAttemptLine, toEndLine, toFinishedLine } from './step-line.ts';

const narrow = { ...plainStyle, isTerminal: true, width: 40 };
const error = new OattyError(
  'HTTP_ERROR',
  `POST /payments answered 402: ${'declined '.repeat(9)}`,
).toPayload();

describe('toActiveLine', () => {
  it('shows elapsed time, attempt and what goes on', () => {
    const step = { id: 'charge', status: 'running', startedAt: 1_000, attempt: 2, message: '503' } as const;
    expect(toActiveLine(step, 3_500, plainStyle)).toBe('▸ charge  2.5 s, attempt 2, 503');
  });

  it('never shows a time before the start', () => {
    const step = { id: 'a', status: 'running', startedAt: 9_000, attempt: 1 } as const;
    expect(toActiveLine(step, 1_000, plainStyle)).toBe('▸ a  0 ms');
  });

  it('fits into the terminal, since a line that wraps cannot be redrawn', () => {
    const step = {
      id: 'charge',
      status: 'running',
      startedAt: 0,
      attempt: 1,
      message: 'x'.repeat(90),
    } as const;
    expect(toActiveLine(step, 5, narrow).length).toBeLessThan(40);
    expect(toActiveLine({ ...step, id: 'i'.repeat(64) }, 5, narrow).length).toBeLessThan(40);
  });
});

describe('toFinishedLine', () => {
  it('shows how long it took and how many attempts', () => {
    const result = { id: 'wait', status: 'succeeded', attempts: 3, duration_ms: 1_200 } as const;
    expect(toFinishedLine(result, plainStyle)).toBe('✓ wait  1.2 s, 3 attempts');
  });

  it('shows in full why a step failed or was skipped, also on a narrow terminal', () => {
    const failed = { id: 'charge', status: 'failed', attempts: 1, duration_ms: 5, error } as const;
    expect(toFinishedLine(failed, narrow)).toBe(`✗ charge  5 ms, ${error.message.trim()}`);
    const skipped = {
      id: 'ship',
      status: 'skipped',
      attempts: 0,
      duration_ms: 0,
      reason: '"if" is false',
    } as const;
    expect(toFinishedLine(skipped, plainStyle)).toBe('- ship  "if" is false');
  });
});

describe('toAttemptLine', () => {
  const base = {
    run_id: 'r',
    seq: 1,
    at: '2026-01-01T00:00:00.000Z',
    type: 'step_attempt',
    step_id: 'pay',
  } as const;

  it.each<[Partial<Extract<RunEvent, { type: 'step_attempt' }>>, string]>([
    [{ outcome: 'succeeded', status: 200 }, '  pay  attempt 1: 200 after 12 ms'],
    [
      { outcome: 'retrying', status: 503, delay_ms: 500 },
      '  pay  attempt 1: 503 after 12 ms, again in 500 ms',
    ],
    [
      { outcome: 'failed', error, item: 2, poll: 3 },
      '  pay  item 2, poll 3, attempt 1: HTTP_ERROR after 12 ms',
    ],
    [{ outcome: 'canceled' }, '  pay  attempt 1: canceled after 12 ms'],
  ])('%j', (facts, line) => {
    expect(
      toAttemptLine({ ...base, attempt: 1, outcome: 'failed', duration_ms: 12, ...facts }, plainStyle),
    ).toBe(line);
  });
});

it('toEndLine says how the run went', () => {
  const run = {
    run_id: 'run_1',
    workflow_id: 'w',
    inputs: {},
    steps: [],
    final_output: null,
    created_at: '',
  };
  expect(toEndLine({ ...run, status: 'failed', duration_ms: 65_000 }, plainStyle)).toBe(
    '✗ failed in 1 min 5 s (run_1)',
  );
  expect(toEndLine({ ...run, status: 'canceled' }, plainStyle)).toBe('■ canceled (run_1)');
});
