import { describe, expect, it } from 'vitest';
import type { Question } from '@oatty/types';
import { toRunText } from './run-text.ts';
import type { ShownRun } from './run-text.ts';
import { plainStyle } from './text-style.ts';

const run: ShownRun = {
  run_id: 'r1',
  workflow_id: 'ship',
  status: 'waiting',
  inputs: {},
  steps: [
    {
      id: 'look',
      status: 'succeeded',
      attempts: 2,
      started_at: '2026-01-01T00:00:00.000Z',
      finished_at: '2026-01-01T00:00:30.000Z',
      duration_ms: 30_000,
    },
    { id: 'ok', status: 'waiting', attempts: 1, started_at: '2026-01-01T00:00:30.000Z' },
    { id: 'ship', status: 'pending', attempts: 0 },
  ],
  final_output: null,
  created_at: '2026-01-01T00:00:00.000Z',
  started_at: '2026-01-01T00:00:00.000Z',
  due_at: '2026-01-02T00:00:00.000Z',
  resumed_from: 'r0',
  open_questions: [],
};

const approval: Question = {
  question_id: 'approval:ok#1.1',
  kind: 'approval',
  message: 'Ship?\u001B[2J',
  schema: { properties: { choice: { enum: ['approve', 'reject'] } } },
  approvers: ['carol'],
  due_at: '2026-01-02T00:00:00.000Z',
};

describe('a run as text', () => {
  it('has its steps with times and attempts', () => {
    const text = toRunText(run, plainStyle);
    expect(text).toContain('✓ look  30 s, 2 attempts');
    expect(text).toContain('waits until 2026-01-02T00:00:00.000Z');
    expect(text).toContain('resumed from r0');
  });

  it('says what it asks, of whom, until when, and how to answer', () => {
    const lines = toRunText({ ...run, open_questions: [approval] }, plainStyle)
      .split('\n')
      .slice(-4);
    expect(lines).toEqual([
      expect.stringMatching(/^\? Ship\?/),
      '  to be answered by: carol',
      '  until 2026-01-02T00:00:00.000Z',
      '  answer with: oatty runs respond r1 approve|reject',
    ]);
  });

  it('sends no control characters of others to the terminal', () => {
    expect(toRunText({ ...run, open_questions: [approval] }, plainStyle)).not.toContain('\u001B');
  });

  it('shows on a terminal where in the run each step was', () => {
    const text = toRunText(run, { ...plainStyle, isTerminal: true, width: 80 });
    const [look = '', ok = ''] = text.split('\n').filter((line) => line.includes('━'));
    expect(look.indexOf('━')).toBe(0);
    expect(ok.indexOf('━')).toBeGreaterThan(look.lastIndexOf('━') - 1);
  });
});
