/** What the executor of workflows tells the interpreter beyond a result or an error. */
import { OattyError } from '@oatty/types';

/** The status of a call whose run waits for an answer. */
export const waitingStatus = 202;

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
