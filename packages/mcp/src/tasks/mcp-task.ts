/**
 * A task is a view of a run: everything it says comes from the journal.
 *
 *   V1. The id of the task is the id of the run.
 *   V2. `waiting` is `input_required` while a question is open; a wait for time is `working`.
 *   V3. A task ends with its time to live, whatever becomes of the run.
 */
import type { RunInspection } from '@oatty/runtime';
import { isTerminal } from '@oatty/types';
import type { Instant, RunDocument, RunStatus } from '@oatty/types';

export type McpTaskStatus = 'working' | 'input_required' | 'completed' | 'failed' | 'cancelled';

export interface McpTask {
  readonly taskId: string;
  readonly status: McpTaskStatus;
  /** For people; says why where something went wrong, because many clients read nothing else. */
  readonly message: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** From the creation; `null`: for ever. */
  readonly ttlMs: number | null;
}

/** A run with what makes it a task; `undefined` for a run that was started without a time to live, or outlived it. */
export function toMcpTask(inspection: RunInspection, nowMs: number): McpTask | undefined {
  const { run, ttl_ms: ttlMs, updated_at: updatedAt, open_questions: questions } = inspection;
  if (ttlMs === undefined) return undefined;
  if (ttlMs !== null && Date.parse(run.created_at) + ttlMs <= nowMs) return undefined;
  const status = toTaskStatus(run.status, questions.length > 0);
  const question = status === 'input_required' ? questions[0] : undefined;
  return {
    taskId: run.run_id,
    status,
    message: question?.message ?? toMessage(run),
    createdAt: run.created_at,
    updatedAt,
    ttlMs,
  };
}

export function toTaskStatus(status: RunStatus, hasOpenQuestion: boolean): McpTaskStatus {
  if (status === 'waiting') return hasOpenQuestion ? 'input_required' : 'working';
  return taskStatuses[status];
}

// --- internal ---

const taskStatuses = {
  pending: 'working',
  running: 'working',
  succeeded: 'completed',
  failed: 'failed',
  canceled: 'cancelled',
} as const;

function toMessage(run: RunDocument): string {
  if (run.error) return `${run.error.error_code}: ${run.error.message}`;
  if (run.steps.length === 0 && !isTerminal(run.status)) return 'The workflow is being written.';
  const done = run.steps.filter((step) => step.status === 'succeeded' || step.status === 'skipped').length;
  return `${run.workflow_id} ${run.status}: ${done} of ${run.steps.length} steps done.`;
}
