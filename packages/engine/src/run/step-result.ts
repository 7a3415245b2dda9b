/** Outcome of a step or item → the result that is kept and shown. */
import { elapsedMs, OattyError } from '@oatty/types';
import type { ErrorPayload, StepResult } from '@oatty/types';
import type { Outcome } from './outcome.ts';

/** An outcome after which nothing more happens. */
export type Ended = Exclude<Outcome, { status: 'waiting' }>;

export interface ResultTimes {
  readonly attempts: number;
  /** Absent for a step that never started. */
  readonly startedAt?: string | undefined;
  readonly now: Date;
}

export function toStepResult(
  id: string,
  outcome: Ended,
  { attempts, startedAt, now }: ResultTimes,
): StepResult {
  const times = startedAt !== undefined && {
    started_at: startedAt,
    finished_at: now.toISOString(),
    duration_ms: elapsedMs(startedAt, now),
  };
  return { id, status: outcome.status, ...toContent(outcome), attempts, ...times };
}

/** The error that a payload was made from, as far as it is in there. */
export function fromPayload(payload: ErrorPayload): OattyError {
  const { error_code, message, context, retryable, suggested_action, correlation_id } = payload;
  const { violations, step_id, command, response_payload } = payload;
  return new OattyError(error_code, message, {
    context,
    retryable,
    suggestedAction: suggested_action,
    correlationId: correlation_id,
    ...(violations && { violations }),
    ...(step_id !== undefined && { stepId: step_id }),
    ...(command !== undefined && { command }),
    ...(response_payload !== undefined && { responsePayload: response_payload }),
  });
}

// --- internal ---

function toContent(outcome: Ended): Partial<StepResult> {
  switch (outcome.status) {
    case 'succeeded':
      return { output: outcome.output, ...withResponse(outcome) };
    case 'skipped':
      return { reason: outcome.reason };
    case 'canceled':
      return { error: outcome.error.toPayload() };
    case 'failed':
      return {
        error: outcome.error.toPayload(),
        ...('output' in outcome && { output: outcome.output }),
        ...withResponse(outcome),
      };
  }
}

function withResponse({ response }: Pick<StepResult, 'response'>): Pick<StepResult, 'response'> {
  return response === undefined ? {} : { response };
}
