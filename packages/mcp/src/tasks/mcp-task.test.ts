import type { RunInspection } from '@oatty/runtime';
import type { RunDocument } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { toMcpTask } from './mcp-task.ts';

const createdAt = '2026-01-01T00:00:00.000Z';
const createdMs = Date.parse(createdAt);

describe('toMcpTask', () => {
  it.each([
    ['pending', 'working'],
    ['running', 'working'],
    ['succeeded', 'completed'],
    ['failed', 'failed'],
    ['canceled', 'cancelled'],
  ] as const)('shows a run that is %s as %s', (status, expected) => {
    expect(toMcpTask(anInspection({ run: { status } }), createdMs)?.status).toBe(expected);
  });

  it('needs input while a question is open, and works while it waits for time', () => {
    const question = { question_id: 'q', kind: 'input', message: 'Which order?', schema: {} } as const;
    const asking = anInspection({ run: { status: 'waiting' }, open_questions: [question] });
    expect(toMcpTask(asking, createdMs)).toMatchObject({ status: 'input_required', message: 'Which order?' });
    expect(toMcpTask(anInspection({ run: { status: 'waiting' } }), createdMs)?.status).toBe('working');
  });

  it('asks nothing any more when it has ended', () => {
    const question = { question_id: 'q', kind: 'input', message: 'Which order?', schema: {} } as const;
    const ended = anInspection({ run: { status: 'canceled' }, open_questions: [question] });
    expect(toMcpTask(ended, createdMs)).toMatchObject({
      status: 'cancelled',
      message: 'pay canceled: 0 of 0 steps done.',
    });
  });

  it('says why a run failed', () => {
    const error = { error_code: 'STEP_FAILED', message: 'Step "pay" failed.' } as RunDocument['error'];
    const task = toMcpTask(anInspection({ run: { status: 'failed', ...(error && { error }) } }), createdMs);
    expect(task?.message).toBe('STEP_FAILED: Step "pay" failed.');
  });

  it('is gone when its time to live is over', () => {
    const inspection = anInspection({ ttl_ms: 1_000 });
    expect(toMcpTask(inspection, createdMs + 999)?.ttlMs).toBe(1_000);
    expect(toMcpTask(inspection, createdMs + 1_000)).toBeUndefined();
  });

  it('lives for ever without an end', () => {
    expect(toMcpTask(anInspection({ ttl_ms: null }), createdMs * 2)?.ttlMs).toBeNull();
  });

  it('is no task when the run was not started as one', () => {
    const { ttl_ms, ...inspection } = anInspection({});
    expect(toMcpTask(inspection, createdMs)).toBeUndefined();
  });
});

// --- internal ---

function anInspection({
  run,
  ...rest
}: Partial<Omit<RunInspection, 'run'>> & { run?: Partial<RunDocument> }): RunInspection {
  return {
    run: {
      run_id: 'run-1',
      workflow_id: 'pay',
      status: 'running',
      inputs: {},
      steps: [],
      final_output: null,
      created_at: createdAt,
      ...run,
    },
    caller: { principal: 'local', via: 'mcp' },
    open_questions: [],
    updated_at: createdAt,
    ttl_ms: 60_000,
    ...rest,
  };
}
