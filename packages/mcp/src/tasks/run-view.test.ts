import type { RunEvent, RunEventBody, StepResult } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { advanceView, startView, toProgress } from './run-view.ts';
import type { RunView } from './run-view.ts';

describe('the view of a run', () => {
  it('is pending before anything happens', () => {
    expect(toProgress(aView(2))).toEqual({
      run_id: 'run-1',
      step_id: null,
      step_name: null,
      state: 'pending',
      summary: 'pay is about to start.',
    });
  });

  it('names the step that runs and its command', () => {
    const view = after(aView(2), { type: 'step_started', step_id: 'list', run: 'shop orders:list' });
    expect(toProgress(view)).toMatchObject({
      step_id: 'list',
      step_name: 'shop orders:list',
      state: 'running',
    });
  });

  it('counts finished steps, and parts of a step whose items are counted', () => {
    const seen: number[] = [];
    let view = aView(2);
    for (const event of [
      { type: 'step_progress', step_id: 'a', done: 1, total: 4, message: '1 of 4' },
      { type: 'step_progress', step_id: 'a', done: 3, total: 4, message: '3 of 4' },
      { type: 'step_finished', step_id: 'a', result: aResult('a') },
      { type: 'step_progress', step_id: 'b', done: 7, message: 'poll 7' },
      { type: 'step_finished', step_id: 'b', result: aResult('b') },
    ] satisfies RunEventBody[]) {
      view = after(view, event);
      seen.push(view.done);
    }
    expect(seen).toEqual([0.25, 0.75, 1, 1, 2]);
  });

  it('needs input for a question and not for a wait', () => {
    const question = { question_id: 'q', kind: 'input', message: 'Which order?', schema: {} } as const;
    const asking = after(aView(1), { type: 'run_waiting', question, message: 'waits' });
    expect([asking.status, asking.state, asking.summary]).toEqual([
      'input_required',
      'running',
      'Which order?',
    ]);
    expect(after(aView(1), { type: 'run_waiting', message: 'waits' }).status).toBe('working');
  });

  it('works again when the answer lets it go on', () => {
    const question = { question_id: 'q', kind: 'input', message: 'Which?', schema: {} } as const;
    const asking = after(aView(1), { type: 'run_waiting', question, message: 'waits' });
    expect(after(asking, { type: 'run_started', workflow_id: 'pay' }).status).toBe('working');
  });

  it('ends with what went wrong and where', () => {
    const error = { error_code: 'STEP_FAILED', message: 'Step "b" failed.', step_id: 'b' } as const;
    const view = after(aView(1), {
      type: 'run_finished',
      status: 'failed',
      error: {
        ...error,
        category: 'execution',
        context: {},
        retryable: false,
        suggested_action: '',
        correlation_id: '',
      },
    });
    expect(view.status).toBe('failed');
    expect(toProgress(view)).toMatchObject({
      state: 'failed',
      step_id: 'b',
      summary: 'STEP_FAILED: Step "b" failed.',
    });
  });
});

// --- internal ---

function aView(total: number): RunView {
  const run_id = 'run-1';
  const steps = Array.from({ length: total }, (_, index) => aResult(`step-${index}`));
  const created_at = '2026-01-01T00:00:00.000Z';
  return startView({
    run_id,
    workflow_id: 'pay',
    status: 'pending',
    inputs: {},
    steps,
    final_output: null,
    created_at,
  });
}

function aResult(id: string): StepResult {
  return { id, status: 'succeeded', attempts: 1 };
}

function after(view: RunView, body: RunEventBody): RunView {
  const event: RunEvent = { run_id: 'run-1', seq: 1, at: '2026-01-01T00:00:01.000Z', ...body };
  return advanceView(view, event);
}
