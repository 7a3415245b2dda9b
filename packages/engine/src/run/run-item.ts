/**
 * One piece of a step, from where an earlier owner of the run left it: all of the step, or one item of its `for_each`.
 */
import { OattyError } from '@oatty/types';
import { renderValue } from '../expression/render-value.ts';
import type { FoundCommand } from '../ports/command-source.ts';
import type { RecordedRequest } from '../ports/journal-entry.ts';
import { isLongCall } from './child-call.ts';
import { resumeCall } from './in-flight.ts';
import type { Resumption } from './in-flight.ts';
import type { CompiledStep } from './compile-workflow.ts';
import { inPlace } from './in-place.ts';
import type { Outcome } from './outcome.ts';
import { pollCall } from './poll-call.ts';
import { toRecordedRequest } from './recorded-request.ts';
import type { RunContext } from './run-context.ts';
import { placeOf } from './run-state.ts';
import type { CallProgress, ItemPosition, StepCall } from './step-call.ts';
import { Suspension } from './stop-switch.ts';
import { toStepError } from './to-step-error.ts';

export interface ItemEnd {
  readonly outcome: Outcome;
  /** Calls made, those of earlier owners included. */
  readonly calls: number;
  readonly since: string;
  /** What was sent, when something was. */
  readonly request?: RecordedRequest;
}

/** Throws only when the run is suspended or parked. What waits is in the journal, and in `context.waits`. */
export async function runItem(
  context: RunContext,
  step: CompiledStep,
  signal: AbortSignal,
  item?: ItemPosition,
): Promise<ItemEnd> {
  const end = await carryItemOn(context, step, signal, item);
  if (end.outcome.status !== 'waiting') return end;
  const { questions, dueAt } = end.outcome;
  await context.journal.write({ questions });
  context.waits.add(questions, dueAt);
  return end;
}

// --- internal ---

async function carryItemOn(
  context: RunContext,
  step: CompiledStep,
  signal: AbortSignal,
  item: ItemPosition | undefined,
): Promise<ItemEnd> {
  const { ports, state } = context;
  const found = ports.commands.find(step.step.run);
  const mark = state.marks.get(placeOf({ step_id: step.step.id, ...(item && { item: item.index }) }));
  const describe = (): string => describeRequest(context, step, found, item);
  const resumption = resumeCall(mark, found, state.questions, describe);
  const now = ports.clock.now().toISOString();
  const progress: CallProgress = { poll: 1, attempt: 1, calls: mark?.calls ?? 0, since: mark?.since ?? now };
  let request: RecordedRequest | undefined;
  const end = (outcome: Outcome): ItemEnd => {
    return { outcome, calls: progress.calls, since: progress.since, ...(request && { request }) };
  };

  if (resumption.kind !== 'start' && resumption.kind !== 'call') return end(toDecided(step, resumption));
  if (resumption.kind === 'call') {
    const { mark, attempt, dueAt } = resumption;
    const isSameCall = mark.phase === 'calling' && found !== undefined && isLongCall(found);
    Object.assign(progress, { poll: mark.poll, attempt, dueAt, calls: mark.calls - (isSameCall ? 1 : 0) });
  }
  try {
    const given = renderArguments(context, step, found, item);
    request = toRecordedRequest(given, context.values.secrets);
    const call: StepCall = {
      context,
      step,
      found,
      arguments: given,
      signal,
      progress,
      ...(item && { item }),
    };
    return end(nameItem(await pollCall(call), step, item));
  } catch (thrown) {
    if (thrown instanceof Suspension) throw thrown;
    return end({ status: 'failed', error: toStepError(thrown, step, item) });
  }
}

function nameItem(outcome: Outcome, step: CompiledStep, item: ItemPosition | undefined): Outcome {
  if (outcome.status !== 'failed' && outcome.status !== 'canceled') return outcome;
  return { ...outcome, error: toStepError(outcome.error, step, item) };
}

/** What a person decided about a call that was in flight, or that nobody has decided yet. */
function toDecided(
  { step }: CompiledStep,
  resumption: Exclude<Resumption, { kind: 'start' | 'call' }>,
): Outcome {
  switch (resumption.kind) {
    case 'ask':
      return { status: 'waiting', questions: [resumption.question] };
    case 'skip':
      return resumption.output === undefined
        ? { status: 'skipped', reason: 'a person decided to go on without it' }
        : { status: 'succeeded', output: resumption.output };
    case 'fail':
      return { status: 'failed', error: interrupted(step.id, step.run) };
  }
}

function interrupted(stepId: string, command: string): OattyError {
  return new OattyError('STEP_FAILED', `Step "${stepId}" was interrupted, and a person let it fail.`, {
    stepId,
    command,
  });
}

const maxDescribedChars = 500;

/** Without secrets, and short; nothing when it cannot be rendered: calling it will say why. */
function describeRequest(...of: Parameters<typeof renderArguments>): string {
  const [{ values }] = of;
  try {
    const text = JSON.stringify(toRecordedRequest(renderArguments(...of), values.secrets));
    return text.length <= maxDescribedChars ? text : `${text.slice(0, maxDescribedChars)}…`;
  } catch {
    return '';
  }
}

function renderArguments(
  context: RunContext,
  step: CompiledStep,
  found: FoundCommand | undefined,
  item: ItemPosition | undefined,
) {
  const { with: parameters, body } = step.step;
  const callScope = context.values.callScope(step, found);
  const scope = item ? { ...callScope, item: item.value, index: item.index } : callScope;
  const rendered = inPlace('with', () => renderValue(parameters ?? {}, scope)) as Record<string, unknown>; // an object stays one
  return body === undefined || body === null
    ? { with: rendered }
    : { with: rendered, body: inPlace('body', () => renderValue(body, scope)) };
}
