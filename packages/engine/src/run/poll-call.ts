/**
 * Calls a command until what it waits for is true; once when it waits for nothing.
 *
 *   P1. Arguments are the same for every poll: they were rendered before the first.
 *   P2. `until` sees the output of this poll as the output of its own step.
 *   P3. A failed call ends the polling. A poll that ends without success keeps the last output.
 */
import { OattyError } from '@oatty/types';
import { evaluateExpression } from '../expression/evaluate-expression.ts';
import { isTruthy } from '../expression/json-values.ts';
import type { Scope } from '../expression/scope.ts';
import type { Polling } from './compile-workflow.ts';
import { isLeftBehind } from './child-call.ts';
import { waitOfCall } from './child-questions.ts';
import { inPlace } from './in-place.ts';
import type { Outcome } from './outcome.ts';
import { callWithRetry } from './retry-call.ts';
import { waitForNext } from './step-call.ts';
import type { StepCall } from './step-call.ts';
import { Suspension } from './stop-switch.ts';
import { withTimeout } from './with-timeout.ts';
import type { Timeout } from './with-timeout.ts';

/** Throws only when the run is suspended. */
export async function pollCall(call: StepCall): Promise<Outcome> {
  const { context, step } = call;
  const seen: { output?: unknown } = {};
  try {
    const timeout = step.polling && toTimeout(call, step.polling);
    if (timeout !== undefined) call.progress.deadline = context.ports.clock.now().getTime() + timeout.ms;
    return await withTimeout(context.ports.clock, call.signal, timeout, (signal) => poll(call, seen, signal));
  } catch (thrown) {
    const error = OattyError.from(thrown);
    if (error instanceof Suspension) throw error;
    if (call.signal.aborted) return { status: 'canceled', error };
    if (isLeftBehind(error)) throw letGo(call, error);
    return { status: 'failed', error, ...seen };
  }
}

// --- internal ---

async function poll(call: StepCall, seen: { output?: unknown }, signal: AbortSignal): Promise<Outcome> {
  const { context, step, progress } = call;
  for (;;) {
    const { result, attempt } = await callWithRetry(call, signal);
    const wait = await waitOfCall(call, result);
    if (wait !== undefined) {
      if (wait.questions.length > 0 || wait.dueAt === undefined) return { status: 'waiting', ...wait };
      await context.activity.sleepUntil(wait.dueAt, signal, progress.deadline);
      progress.calls -= 1; // the same call goes on
      continue;
    }
    const output = result.body;
    const { polling } = step;
    if (polling === undefined) {
      context.journal.note(attempt);
      return { status: 'succeeded', output };
    }
    seen.output = output;
    const { poll } = progress;
    const verdict = judge(call, polling, output);
    context.journal.note(verdict === 'again' ? { ...attempt, output } : attempt);
    if (verdict === 'over') return { status: 'succeeded', output };
    if (verdict !== 'again') throw verdict;
    const event = {
      type: 'step_progress',
      step_id: step.step.id,
      done: poll,
      message: `poll ${poll}: not yet, again in ${polling.everyMs} ms`,
    } as const;
    await waitForNext(call, { poll: poll + 1, attempt: 1, delayMs: polling.everyMs }, [event], signal);
  }
}

/** An error when the polling ends without success. */
function judge(call: StepCall, polling: Polling, output: unknown): 'over' | 'again' | OattyError {
  const scope = toPollScope(call, output);
  try {
    if (inPlace('repeat.until', () => isTruthy(evaluateExpression(polling.until, scope)))) return 'over';
  } catch (thrown) {
    return OattyError.from(thrown);
  }
  return call.progress.poll >= polling.maxPolls ? gaveUp(call, polling) : 'again';
}

function letGo({ context: { stop } }: StepCall, error: OattyError): unknown {
  if (stop.leaving.aborted) return stop.leaving.reason; // the sub-workflow was handed back too
  stop.suspend(error);
  return stop.signal.reason;
}

function toPollScope({ context, step, item }: StepCall, output: unknown): Scope {
  const { scope } = context.values;
  const own = step.step.id;
  const steps = scope.steps && {
    keys: () => scope.steps?.keys() ?? [],
    get: (id: string) => (id === own ? ({ status: 'available', output } as const) : scope.steps?.get(id)),
  };
  return { ...scope, ...(steps && { steps }), ...(item && { item: item.value, index: item.index }) };
}

/** Counted from the first call, also when another process made it. */
function toTimeout({ context, step, progress }: StepCall, polling: Polling): Timeout | undefined {
  const { timeoutMs } = polling;
  if (timeoutMs === undefined) return undefined;
  const elapsed = context.ports.clock.now().getTime() - Date.parse(progress.since);
  return {
    ms: timeoutMs - elapsed,
    error: () =>
      new OattyError('STEP_TIMEOUT', `Step "${step.step.id}" polled for longer than ${timeoutMs} ms.`, {
        suggestedAction: 'Raise repeat.timeout of the step, or check the remote service.',
        stepId: step.step.id,
        context: { timeout_ms: timeoutMs, polls: progress.poll },
      }),
  };
}

function gaveUp({ step }: StepCall, { maxPolls, everyMs }: Polling): OattyError {
  const calls = maxPolls === 1 ? '1 call' : `${maxPolls} calls`;
  return new OattyError('STEP_FAILED', `"until" of step "${step.step.id}" was not true after ${calls}.`, {
    suggestedAction: 'Raise repeat.max_attempts or repeat.every, or correct the condition.',
    stepId: step.step.id,
    command: step.step.run,
    context: { max_attempts: maxPolls, every_ms: everyMs },
  });
}
