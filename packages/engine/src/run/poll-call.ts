/**
 * Calls a command until what it waits for is true; once when it waits for nothing.
 *
 *   P1. Arguments are the same for every poll: they were rendered before the first.
 *   P2. `until` sees the output and the response of this poll as those of its own step.
 *   P3. A failed call ends the polling. A poll that ends without success keeps the last output and its response.
 */
import { OattyError } from '@oatty/types';
import type { CommandResult, StepResponse } from '@oatty/types';
import { evaluateExpression } from '../expression/evaluate-expression.ts';
import { isTruthy } from '../expression/json-values.ts';
import type { Scope, StepLookup } from '../expression/scope.ts';
import type { Polling } from './compile-workflow.ts';
import { isLeftBehind } from './child-call.ts';
import { waitOfCall } from './child-questions.ts';
import { inPlace } from './in-place.ts';
import type { Outcome } from './outcome.ts';
import { callWithRetry } from './retry-call.ts';
import { waitForNext } from './step-call.ts';
import type { StepCall } from './step-call.ts';
import { toErrorResponse, toStepResponse } from './step-response.ts';
import { Suspension } from './stop-switch.ts';
import { withTimeout } from './with-timeout.ts';
import type { Timeout } from './with-timeout.ts';

/** Throws only when the run is suspended. */
export async function pollCall(call: StepCall): Promise<Outcome> {
  const { context, step } = call;
  const seen: LastAnswer = {};
  try {
    const timeout = step.polling && toTimeout(call, step.polling);
    if (timeout !== undefined) call.progress.deadline = context.ports.clock.now().getTime() + timeout.ms;
    return await withTimeout(context.ports.clock, call.signal, timeout, (signal) => poll(call, seen, signal));
  } catch (thrown) {
    const error = OattyError.from(thrown);
    if (error instanceof Suspension) throw error;
    if (call.signal.aborted) return { status: 'canceled', error };
    if (isLeftBehind(error)) throw letGo(call, error);
    const response = step.keepsResponse ? toErrorResponse(error) : undefined;
    return { status: 'failed', error, ...seen, ...(response && { response }) };
  }
}

// --- internal ---

/** What is there of the polls so far. */
interface LastAnswer {
  output?: unknown;
  response?: StepResponse;
}

async function poll(call: StepCall, seen: LastAnswer, signal: AbortSignal): Promise<Outcome> {
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
    const answer = toAnswer(call, result);
    const { polling } = step;
    if (polling === undefined) {
      context.journal.note(attempt);
      return { status: 'succeeded', ...answer };
    }
    Object.assign(seen, answer);
    const { poll } = progress;
    const verdict = judge(call, polling, answer);
    context.journal.note(verdict === 'again' ? { ...attempt, ...answer } : attempt);
    if (verdict === 'over') return { status: 'succeeded', ...answer };
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

interface Answer {
  readonly output: unknown;
  readonly response?: StepResponse;
}

function toAnswer({ step, found }: StepCall, result: CommandResult): Answer {
  const isKept = step.keepsResponse && found?.command.execution.kind === 'http';
  return { output: result.body, ...(isKept && { response: toStepResponse(result) }) };
}

/** An error when the polling ends without success. */
function judge(call: StepCall, polling: Polling, answer: Answer): 'over' | 'again' | OattyError {
  const scope = toPollScope(call, answer);
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

function toPollScope({ context, step, item }: StepCall, { output, response }: Answer): Scope {
  const { scope } = context.values;
  const own = step.step.id;
  return {
    ...scope,
    ...(scope.steps && { steps: withOwn(scope.steps, own, output) }),
    ...(scope.responses && response && { responses: withOwn(scope.responses, own, response) }),
    ...(item && { item: item.value, index: item.index }),
  };
}

function withOwn(others: StepLookup, own: string, output: unknown): StepLookup {
  return {
    keys: () => others.keys(),
    get: (id) => (id === own ? { status: 'available', output } : others.get(id)),
  };
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
