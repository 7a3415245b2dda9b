/** What the executor of workflows tells the interpreter beyond a result or an error. */
import { OattyError } from '@oatty/types';
import type { CommandResult, Instant } from '@oatty/types';
import type { FoundCommand } from '../ports.ts';

/** The status of a call whose run waits for an answer, or for time. */
export const waitingStatus = 202;

/** What such a call gives. */
export interface WaitingChild {
  readonly run_id: string;
  readonly status: 'waiting';
  readonly due_at?: Instant;
}

export function isWaitingChild({ command }: FoundCommand, { status }: CommandResult): boolean {
  return command.execution.kind === 'workflow' && status === waitingStatus;
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
