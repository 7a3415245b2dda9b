/**
 * Calls a command, and calls it again as long as its retry policy says so.
 *
 * Every attempt is an event. The event of the last one goes out with what is written next, so that an attempt and
 * what came of it are in the journal together.
 */
import { OattyError } from '@oatty/types';
import type { CommandResult, RunEventBody } from '@oatty/types';
import { idempotencyKeyOf } from './call-identity.ts';
import { nextDelayMs, statusOf } from './retry-policy.ts';
import { markCall, toAttemptEvent, toCallingStep, waitForNext, waitUntilDue } from './step-call.ts';
import type { StepCall } from './step-call.ts';
import { Suspension } from './stop-switch.ts';
import { withTimeout } from './with-timeout.ts';
import type { Timeout } from './with-timeout.ts';

export interface SucceededCall {
  readonly result: CommandResult;
  /** The event of the attempt, for the caller to note. */
  readonly attempt: Extract<RunEventBody, { readonly type: 'step_attempt' }>;
}

/** @throws {OattyError} the error of the last attempt, or the reason of `signal` */
export async function callWithRetry(call: StepCall, signal: AbortSignal): Promise<SucceededCall> {
  const { context, step, progress } = call;
  await waitUntilDue(call, signal);
  for (;;) {
    signal.throwIfAborted();
    context.stop.leaving.throwIfAborted();
    await markCall(call);
    const startedAt = context.ports.clock.now();
    try {
      const result = await callOnce(call, signal);
      const { status } = result;
      return { result, attempt: toAttemptEvent(call, { outcome: 'succeeded', status, startedAt }) };
    } catch (thrown) {
      if (signal.aborted) throw noteCanceled(call, signal.reason, startedAt);
      const error = OattyError.from(thrown);
      const status = statusOf(error);
      const { attempt, poll } = progress;
      const delayMs = nextDelayMs(step.retry, attempt, error, context.ports.entropy.fraction());
      if (delayMs === undefined) {
        context.journal.note(toAttemptEvent(call, { outcome: 'failed', status, error, startedAt }));
        throw error;
      }
      const event = toAttemptEvent(call, { outcome: 'retrying', status, error, delayMs, startedAt });
      await waitForNext(call, { poll, attempt: attempt + 1, delayMs }, [event], signal);
    }
  }
}

// --- internal ---

function callOnce(call: StepCall, signal: AbortSignal): Promise<CommandResult> {
  const { context, step, found } = call;
  const { caller, max_effect, agreed, confirmed_plan } = context.state.record;
  const callingStep = toCallingStep(call);
  const idempotencyKey = found && idempotencyKeyOf(found, callingStep);
  return withTimeout(context.ports.clock, signal, toTimeout(call), (attemptSignal) =>
    context.ports.dispatcher.dispatch(step.step.run, call.arguments, {
      caller,
      signal: attemptSignal,
      step: callingStep,
      secrets: context.values.secrets,
      confirmed: confirmed_plan !== undefined,
      // The plan allowed for this, but a saved workflow may have changed since.
      ...(max_effect !== undefined && confirmed_plan === undefined && { maxEffect: max_effect }),
      ...(agreed && { agreed }),
      ...(idempotencyKey !== undefined && { idempotencyKey }),
      ...(step.timeoutMs !== undefined && { timeoutMs: step.timeoutMs }),
    }),
  );
}

function toTimeout({ step }: StepCall): Timeout | undefined {
  const { timeoutMs } = step;
  if (timeoutMs === undefined) return undefined;
  return {
    ms: timeoutMs,
    error: () =>
      new OattyError(
        'STEP_TIMEOUT',
        `One attempt of step "${step.step.id}" took longer than ${timeoutMs} ms.`,
        {
          stepId: step.step.id,
          context: { timeout_ms: timeoutMs },
        },
      ),
  };
}

/** @returns the reason to throw on */
function noteCanceled(call: StepCall, reason: unknown, startedAt: Date): OattyError {
  const error = OattyError.from(reason);
  if (!(error instanceof Suspension)) {
    call.context.journal.note(toAttemptEvent(call, { outcome: 'canceled', error, startedAt }));
  }
  return error;
}
