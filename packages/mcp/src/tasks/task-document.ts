/**
 * What a task gives at its end, whatever the protocol revision. Pure.
 *
 *   D1. `workflow.run` gives the run; the other operations a summary, the outputs by step, and the final output.
 *   D2. A run that did not succeed gives its error; the operation makes no difference.
 */
import type { RunInspection } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import type { RunDocument, SavedWorkflow, StepStatus } from '@oatty/types';
import { fromPayload } from '../errors/to-mcp.ts';

export interface OperationDocument extends Partial<SavedWorkflow> {
  readonly run_id: string;
  readonly workflow_id: string;
  readonly status: RunDocument['status'];
  /** One sentence for people. */
  readonly summary: string;
  /** By step; only of steps that have one. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly final_output: unknown;
  readonly duration_ms?: number;
}

/** The result of a run that succeeded. */
export function toTaskDocument({ run, operation }: RunInspection): RunDocument | OperationDocument {
  if (!operation) return run;
  const { run_id, workflow_id, status, steps, final_output, duration_ms } = run;
  const outputs = steps.filter(({ output }) => output !== undefined).map(({ id, output }) => [id, output]);
  return {
    run_id,
    workflow_id,
    status,
    summary: summarizeRun(run),
    outputs: Object.fromEntries(outputs),
    final_output,
    ...(duration_ms !== undefined && { duration_ms }),
    ...operation.saved,
  };
}

/** The error of a run that failed or was canceled. */
export function toRunError(run: RunDocument): OattyError {
  const context = { run_id: run.run_id, workflow_id: run.workflow_id };
  if (!run.error || (run.status === 'canceled' && run.error.error_code !== 'CANCELED')) {
    return new OattyError('CANCELED', `The run "${run.run_id}" was canceled.`, { context });
  }
  return fromPayload({ ...run.error, context: { ...context, ...run.error.context } });
}

// --- internal ---

const counted: readonly StepStatus[] = ['failed', 'skipped', 'canceled'];

/** `fulfil succeeded: 3 of 4 steps succeeded, 1 skipped, in 1.2 s.` */
function summarizeRun({ workflow_id, status, steps, duration_ms }: RunDocument): string {
  const counts = counted.flatMap((word) => {
    const count = steps.filter((step) => step.status === word).length;
    return count > 0 ? [`${count} ${word}`] : [];
  });
  const succeeded = steps.filter((step) => step.status === 'succeeded').length;
  const time = duration_ms === undefined ? [] : [`in ${(duration_ms / 1000).toFixed(1)} s`];
  return `${workflow_id} ${status}: ${[`${succeeded} of ${steps.length} steps succeeded`, ...counts, ...time].join(', ')}.`;
}
