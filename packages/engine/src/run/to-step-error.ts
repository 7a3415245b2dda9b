import { OattyError } from '@oatty/types';
import type { CompiledStep } from './compile-workflow.ts';
import type { ItemPosition } from './step-call.ts';

/** Names the step, its command and the item in an error that happened outside of a call. */
export function toStepError(thrown: unknown, { step }: CompiledStep, item?: ItemPosition): OattyError {
  const error = OattyError.from(thrown);
  return new OattyError(error.code, error.message, {
    ...error.options,
    stepId: step.id,
    command: step.run,
    ...(item && { context: { ...error.options.context, item: item.index } }),
    correlationId: error.correlationId,
  });
}
