/** Whatever a call ended with → the one error that callers see, with the command and the step it belongs to. */
import { OattyError } from '@oatty/types';
import type { CallingStep } from '../ports/command-executor.ts';

export interface CallPlace {
  readonly signal: AbortSignal;
  readonly step?: CallingStep;
}

/** An aborted call ended because of its signal, whatever the executor made of that. */
export function toCallError(thrown: unknown, commandId: string, { signal, step }: CallPlace): OattyError {
  const error = signal.aborted ? toAbortError(signal.reason) : OattyError.from(thrown);
  const { command, stepId, context } = error.options;
  return new OattyError(error.code, error.message, {
    ...error.options,
    command: command ?? commandId,
    ...(step && { stepId: stepId ?? step.stepId, context: { run_id: step.runId, ...context } }),
    correlationId: error.correlationId,
  });
}

// --- internal ---

function toAbortError(reason: unknown): OattyError {
  if (reason instanceof OattyError) return reason;
  return new OattyError('CANCELED', 'The call was canceled.', { cause: reason });
}
