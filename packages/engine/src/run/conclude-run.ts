/**
 * The end of a run: its one terminal state, and what becomes of steps that never ended. Pure.
 *
 *   C1. What was begun is `canceled`, what was not is `skipped`, each with the reason.
 *   C2. `final_output` is rendered only when the run succeeds; an error in it fails the run.
 */
import { OattyError } from '@oatty/types';
import type { ErrorPayload, RunEventBody, StepResult, TerminalRunStatus } from '@oatty/types';
import { renderValue } from '../expression/render-value.ts';
import type { StepCommit } from '../ports/journal-entry.ts';
import type { RunChange, RunRecord } from '../ports/run-record.ts';
import type { BegunStep } from './begun-steps.ts';
import { inPlace } from './in-place.ts';
import type { RunContext } from './run-context.ts';
import { toStepResult } from './step-result.ts';
import type { Halt } from './stop-switch.ts';

export interface RunEnd {
  readonly status: TerminalRunStatus;
  readonly final_output?: unknown;
  readonly error?: ErrorPayload;
}

export function endInSuccess({ state, values, limits }: RunContext): RunEnd {
  const { final_output: template } = state.record.workflow;
  if (template === undefined) return { status: 'succeeded' };
  try {
    const output = inPlace('final_output', () => renderValue(template, values.scope));
    refuseTooLarge(output, limits.maxOutputBytes);
    return { status: 'succeeded', final_output: output };
  } catch (thrown) {
    return endInFailure(thrown);
  }
}

export function endInFailure(thrown: unknown): RunEnd {
  return { status: 'failed', error: OattyError.from(thrown).toPayload() };
}

export function endAfter(halt: Halt): RunEnd {
  if (halt.kind === 'failed') return { status: 'failed', error: halt.error };
  return { status: halt.kind === 'canceled' ? 'canceled' : 'failed', error: halt.error.toPayload() };
}

/** What is known of the steps at the end. */
export interface OpenSteps {
  readonly record: RunRecord;
  readonly results: ReadonlyMap<string, StepResult>;
  readonly begun: ReadonlyMap<string, BegunStep>;
}

export interface Conclusion {
  readonly change: RunChange;
  readonly commits: readonly StepCommit[];
  readonly events: readonly RunEventBody[];
}

export function concludeRun(open: OpenSteps, end: RunEnd, halt: Halt | undefined, now: Date): Conclusion {
  const reason = explain(halt);
  const settled = open.record.workflow.steps
    .filter(({ id }) => !open.results.has(id))
    .map(({ id }) => settleStep(id, open.begun.get(id), reason, now));
  return {
    change: { ...end, finished_at: now.toISOString() },
    commits: settled.map((result) => ({ step_id: result.id, result })),
    events: [
      ...settled.map((result) => ({ type: 'step_finished', step_id: result.id, result }) as const),
      { type: 'run_finished', ...end },
    ],
  };
}

/** Whether the run ended before the step could start. */
export function wasNeverReached({ status, reason, started_at }: StepResult): boolean {
  return status === 'skipped' && started_at === undefined && reason !== undefined && endReason.test(reason);
}

// --- internal ---

/** The texts of `explain`. */
const endReason = /^(the run (failed|timed out|was canceled|was suspended)|step "[^"]*" failed)$/;

function refuseTooLarge(output: unknown, maxOutputBytes: number): void {
  if (JSON.stringify(output ?? null).length <= maxOutputBytes) return;
  throw new OattyError('LIMIT_EXCEEDED', `final_output is larger than ${maxOutputBytes} bytes.`, {
    context: { limit: 'maxOutputBytes', maximum: maxOutputBytes },
  });
}

function settleStep(id: string, work: BegunStep | undefined, reason: string, now: Date): StepResult {
  if (work === undefined) return toStepResult(id, { status: 'skipped', reason }, { attempts: 0, now });
  const error = new OattyError('CANCELED', `Step "${id}" was not carried on: ${reason}.`, { stepId: id });
  const times = { attempts: work.calls, startedAt: work.since, now };
  return toStepResult(id, { status: 'canceled', error }, times);
}

function explain(halt: Halt | undefined): string {
  if (halt === undefined) return 'the run failed';
  switch (halt.kind) {
    case 'failed':
      return `step "${halt.stepId}" failed`;
    case 'timed_out':
      return 'the run timed out';
    case 'canceled':
      return 'the run was canceled';
    case 'suspended':
      return 'the run was suspended';
  }
}
