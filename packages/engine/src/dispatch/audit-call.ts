/** Writes down what became of a call. */
import { elapsedMs } from '@oatty/types';
import type { AuditEvent, Effect, OattyError, PolicyDecision } from '@oatty/types';
import type { Clock } from '../ports/clock.ts';
import type { AuditSink } from '../ports/policy.ts';
import type { DispatchOptions } from './dispatch-command.ts';

/** What is known of a call; it fills up as the call gets further. */
export interface CallFacts {
  readonly commandId: string;
  readonly options: DispatchOptions;
  readonly startedAt: Date;
  /** Absent while the command is not found. */
  effect?: Effect;
  /** `deny` until the policy has said otherwise. */
  decision: PolicyDecision['kind'];
  /** Whether the executor was asked. */
  isUnderWay?: boolean;
}

export interface CallOutcome {
  readonly outcome: AuditEvent['outcome'];
  readonly status?: number;
  readonly error?: OattyError;
}

/** Never throws: a call that was made is not undone because nobody could write it down. */
export async function auditCall(
  facts: CallFacts,
  outcome: CallOutcome,
  ports: { readonly audit?: AuditSink | undefined; readonly clock: Clock },
): Promise<void> {
  if (ports.audit === undefined) return;
  try {
    await ports.audit.record(toAuditEvent(facts, outcome, ports.clock.now()));
  } catch {
    // The sink reports its own trouble.
  }
}

// --- internal ---

function toAuditEvent(facts: CallFacts, { outcome, status, error }: CallOutcome, now: Date): AuditEvent {
  const { caller, step } = facts.options;
  const httpStatus = status ?? error?.options.context?.['status'];
  return {
    at: facts.startedAt.toISOString(),
    caller,
    command_id: facts.commandId,
    // What does not exist does nothing.
    effect: facts.effect ?? 'safe',
    decision: facts.decision,
    outcome,
    ...(typeof httpStatus === 'number' && { status: httpStatus }),
    ...(error && { error_code: error.code }),
    duration_ms: elapsedMs(facts.startedAt, now),
    ...(step && { run_id: step.runId, step_id: step.stepId }),
  };
}
