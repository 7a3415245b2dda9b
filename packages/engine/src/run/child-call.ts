/** What the executor of workflows tells the interpreter beyond a result or an error. */
import { OattyError } from '@oatty/types';
import type { CommandResult, Instant, Question } from '@oatty/types';
import type { FoundCommand } from '../ports/command-source.ts';

/** The status of a call whose run waits for an answer, or for time. */
export const waitingStatus = 202;

/** What such a call gives. */
export interface WaitingCall {
  /** Of the sub-workflow; of the asking run itself for an approval. */
  readonly run_id: string;
  readonly status: 'waiting';
  /** What an approval asks; a sub-workflow has its questions in the journal. */
  readonly question?: Question;
  readonly due_at?: Instant;
}

/** A sub-workflow or an approval: it goes on with the same call when the run goes on. */
export function isLongCall({ command: { execution } }: FoundCommand): boolean {
  return execution.kind === 'workflow' || execution.kind === 'approval';
}

export function isWaitingCall(found: FoundCommand, { status }: CommandResult): boolean {
  return isLongCall(found) && status === waitingStatus;
}

/** The run of the call has not ended, but cannot be carried on here: whoever waits for it must let go too. */
export function leftBehind(error: OattyError, runId: string): OattyError {
  const context = { ...error.options.context, run_id: runId, left_behind: true };
  return new OattyError(error.code, error.message, {
    ...error.options,
    context,
    correlationId: error.correlationId,
  });
}

export function isLeftBehind(error: OattyError): boolean {
  return error.options.context?.['left_behind'] === true;
}
