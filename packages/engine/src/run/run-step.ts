/**
 * One step: may it run at all, what does it run over, and what came of it.
 *
 *   T1. `depends_on` gates, then `if` is decided once, before there are items.
 *   T2. The row of a step that has ended is on its way when others see its result. It is there before any later call goes
 *       out (`markCall`), and before the run rests, ends or is let go of.
 */
import { OattyError } from '@oatty/types';
import type { StepResult } from '@oatty/types';
import { evaluateExpression } from '../expression/evaluate-expression.ts';
import { describeType, isTruthy } from '../expression/json-values.ts';
import { renderValue } from '../expression/render-value.ts';
import type { CompiledStep } from './compile-workflow.ts';
import { inPlace } from './in-place.ts';
import type { RunContext } from './run-context.ts';
import { runItem } from './run-item.ts';
import type { ItemEnd } from './run-item.ts';
import { runItems } from './run-items.ts';
import { toStepResult } from './step-result.ts';
import { stopChildren } from './stop-children.ts';
import { Suspension } from './stop-switch.ts';
import { toStepError } from './to-step-error.ts';

export type StepEnd =
  | { readonly kind: 'ended'; readonly result: StepResult }
  /** The step stays open: `context.waits` knows what for. */
  | { readonly kind: 'waiting'; readonly holdsPlace: boolean };

/** Throws only when the run is suspended or parked. */
export async function runStep(context: RunContext, step: CompiledStep): Promise<StepEnd> {
  const { outcome, calls, since, request } = await carryOut(context, step);
  const { id } = step.step;
  if (outcome.status === 'waiting') {
    if (since !== undefined) context.begun.set(id, { calls, since });
    return { kind: 'waiting', holdsPlace: outcome.questions.some(({ kind }) => kind === 'approval') };
  }
  if (outcome.status === 'failed' || outcome.status === 'canceled') {
    await stopChildren({ ...context, record: context.state.record }, id);
  }
  const now = context.ports.clock.now();
  const result = toStepResult(id, outcome, { attempts: calls, startedAt: since, now });
  context.journal.post({
    commits: [{ step_id: id, result, ...(request && { request }) }],
    events: [{ type: 'step_finished', step_id: id, result }],
  });
  return { kind: 'ended', result };
}

// --- internal ---

/** Without `since`, the step never started. */
type StepWork = Omit<ItemEnd, 'since'> & { readonly since?: string };

async function carryOut(context: RunContext, step: CompiledStep): Promise<StepWork> {
  try {
    const reason = findReasonToSkip(context, step);
    if (reason !== undefined) return { outcome: { status: 'skipped', reason }, calls: 0 };
    const list = listItems(context, step);
    noteStart(context, step, list);
    if (list === undefined) return await runItem(context, step, context.stop.signal);
    return await runItems(context, step, list);
  } catch (thrown) {
    if (context.stop.halt?.kind === 'suspended' || thrown instanceof Suspension) throw thrown;
    return { outcome: { status: 'failed', error: toStepError(thrown, step) }, calls: 0 };
  }
}

function findReasonToSkip({ results, values }: RunContext, step: CompiledStep): string | undefined {
  for (const id of step.gates) {
    const status = results.get(id)?.status;
    if (status !== 'succeeded') return `depends on "${id}", which ${verbs[status ?? 'none']}`;
  }
  const { condition } = step;
  if (condition.kind === 'constant') return condition.holds ? undefined : 'its condition is false';
  const holds = inPlace('if', () => isTruthy(evaluateExpression(condition.expression, values.scope)));
  return holds ? undefined : `its condition is false: ${condition.text}`;
}

const verbs: Readonly<Record<StepResult['status'] | 'none', string>> = {
  failed: 'failed',
  skipped: 'was skipped',
  canceled: 'was canceled',
  succeeded: 'succeeded',
  pending: 'has not run',
  running: 'has not ended',
  waiting: 'has not ended',
  none: 'has not run',
};

function listItems(
  { values, limits }: RunContext,
  { items, step }: CompiledStep,
): readonly unknown[] | undefined {
  if (items.kind === 'none') return undefined;
  const list = inPlace('for_each', () =>
    items.kind === 'template'
      ? renderValue(items.list, values.scope)
      : evaluateExpression(items.expression, values.scope),
  );
  if (!Array.isArray(list)) {
    throw new OattyError('EXPRESSION_FAILED', `"for_each" needs a list, but got ${describeType(list)}.`, {
      suggestedAction: 'Give a list: steps.<id>.<field>, or a literal one.',
      context: { field: 'for_each', expression: typeof step.for_each === 'string' ? step.for_each : null },
    });
  }
  if (list.length <= limits.maxItems) return list;
  throw new OattyError(
    'LIMIT_EXCEEDED',
    `"for_each" has ${list.length} items; ${limits.maxItems} are allowed.`,
    {
      context: { limit: 'maxItems', maximum: limits.maxItems, items: list.length },
    },
  );
}

/** Goes out with the first mark or commit of the step; one that was begun before has it already. */
function noteStart(
  { begun, journal }: RunContext,
  { step }: CompiledStep,
  list: readonly unknown[] | undefined,
): void {
  if (begun.has(step.id)) return;
  const items = list === undefined ? {} : { items: list.length };
  journal.note({ type: 'step_started', step_id: step.id, run: step.run, ...items });
}
