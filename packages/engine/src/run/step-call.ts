/** One call of a step: what it needs, how far it has come, and what is written of it. */
import { elapsedMs } from '@oatty/types';
import type { OattyError, RunEventBody } from '@oatty/types';
import type { CallingStep } from '../ports/command-executor.ts';
import type { FoundCommand } from '../ports/command-source.ts';
import type { CallMark } from '../ports/journal-entry.ts';
import { isMutating, nameCall } from './call-identity.ts';
import { isLongCall } from './child-call.ts';
import type { CompiledStep } from './compile-workflow.ts';
import type { RunContext } from './run-context.ts';

export interface StepCall {
  readonly context: RunContext;
  readonly step: CompiledStep;
  /** Absent when there is no such command; calling it says so. */
  readonly found: FoundCommand | undefined;
  readonly arguments: { readonly with: Readonly<Record<string, unknown>>; readonly body?: unknown };
  /** Position and value in a `for_each`. */
  readonly item?: ItemPosition;
  /** Aborts when the run or the other items stop. */
  readonly signal: AbortSignal;
  readonly progress: CallProgress;
}

export interface ItemPosition {
  readonly index: number;
  readonly value: unknown;
}

/** Which call comes next. */
export interface CallProgress {
  poll: number;
  attempt: number;
  /** Calls made. */
  calls: number;
  /** When the first call went out. */
  since: string;
  /** When the next call may go out; absent: at once. */
  dueAt?: string | undefined;
  /** When the polling is over at the latest, in epoch milliseconds. */
  deadline?: number | undefined;
}

export function toCallingStep({ context, step, item, progress }: StepCall): CallingStep {
  const { record } = context.state;
  const position = { stepId: step.step.id, ...(item && { item: item.index }), poll: progress.poll };
  return {
    runId: record.run_id,
    rootRunId: record.root_run_id,
    path: [...(record.parent?.path ?? []), nameCall(position)],
    ...position,
    attempt: progress.attempt,
  };
}

/**
 * Resolves once the call may go out: what has ended before is committed. A call that changes something must not be
 * forgotten, nor one whose sub-workflow is found by its mark.
 */
export async function markCall(call: StepCall): Promise<void> {
  const { context, found, progress } = call;
  progress.calls += 1;
  const marks = [toMark(call, 'calling', context.ports.clock.now().toISOString())];
  if (found !== undefined && (isMutating(found) || isLongCall(found))) await context.journal.write({ marks });
  else {
    context.journal.post({ marks });
    await context.journal.committed();
  }
}

/** Writes that the next call is due in `delayMs`, and waits for it. */
export async function waitForNext(
  call: StepCall,
  next: { readonly poll: number; readonly attempt: number; readonly delayMs: number },
  events: readonly RunEventBody[],
  signal: AbortSignal,
): Promise<void> {
  const { context, progress } = call;
  const { clock } = context.ports;
  const dueAt = new Date(clock.now().getTime() + next.delayMs).toISOString();
  Object.assign(progress, { poll: next.poll, attempt: next.attempt, dueAt });
  await context.journal.write({ marks: [toMark(call, 'due', dueAt)], events });
  await waitUntilDue(call, signal);
}

export async function waitUntilDue({ context, progress }: StepCall, signal: AbortSignal): Promise<void> {
  if (progress.dueAt === undefined) return;
  const dueAt = Date.parse(progress.dueAt);
  progress.dueAt = undefined;
  await context.activity.sleepUntil(dueAt, signal, progress.deadline);
}

export interface AttemptEnd {
  readonly outcome: 'succeeded' | 'failed' | 'retrying' | 'canceled';
  readonly status?: number | undefined;
  readonly error?: OattyError;
  readonly delayMs?: number;
  readonly startedAt: Date;
}

export function toAttemptEvent(
  call: StepCall,
  end: AttemptEnd,
): Extract<RunEventBody, { readonly type: 'step_attempt' }> {
  const { context, step, item, progress } = call;
  return {
    type: 'step_attempt',
    step_id: step.step.id,
    attempt: progress.attempt,
    ...(item && { item: item.index }),
    ...(step.polling && { poll: progress.poll }),
    outcome: end.outcome,
    ...(end.status !== undefined && { status: end.status }),
    ...(end.error && { error: end.error.toPayload() }),
    ...(end.delayMs !== undefined && { delay_ms: end.delayMs }),
    duration_ms: elapsedMs(end.startedAt, context.ports.clock.now()),
  };
}

// --- internal ---

function toMark({ step, item, progress }: StepCall, phase: CallMark['phase'], at: string): CallMark {
  const { poll, attempt, since, calls } = progress;
  return { step_id: step.step.id, ...(item && { item: item.index }), poll, attempt, phase, at, since, calls };
}
