/**
 * The items of a `for_each`, up to `concurrency` side by side.
 *
 *   I1. Results are in the order of the items. The row of one that is done is on its way (T2 of `run-step.ts`).
 *   I2. A failed item fails the step and stops the other items; with `on_failure: continue` it gives `null`.
 *   I3. Items that wait for an answer do not hold up the others.
 */
import { OattyError } from '@oatty/types';
import type { StepResult } from '@oatty/types';
import type { CompiledStep } from './compile-workflow.ts';
import { ItemTally } from './item-tally.ts';
import type { RunContext } from './run-context.ts';
import { runItem } from './run-item.ts';
import type { ItemEnd } from './run-item.ts';
import { runPool } from './run-pool.ts';
import { toStepResult } from './step-result.ts';
import { stopChildren } from './stop-children.ts';

/** Throws only when the run is suspended, or cannot be written. */
export async function runItems(
  context: RunContext,
  step: CompiledStep,
  list: readonly unknown[],
): Promise<ItemEnd> {
  const tally = takeUp(context, step, list.length);
  const stop = new AbortController();
  const signal = AbortSignal.any([context.stop.signal, stop.signal]);
  const open = list.map((_, index) => index).filter((index) => !tally.hasEnded(index));
  let next = 0;

  await runPool(
    step.concurrency,
    () => (signal.aborted || tally.hasFailed ? undefined : open[next++]),
    async (index) => {
      const end = await runItem(context, step, signal, { index, value: list[index] });
      await settleItem(context, step, tally, index, end);
      if (tally.hasFailed) stop.abort(stoppedByItem(step.step.id));
    },
    (count) => context.activity.shift(count),
  );
  return { outcome: tally.conclude(context.stop.signal), calls: tally.calls, since: tally.since };
}

// --- internal ---

function takeUp(context: RunContext, step: CompiledStep, total: number): ItemTally {
  const { clock } = context.ports;
  const tally = new ItemTally(step, total, context.limits, clock.now().toISOString());
  for (const [index, result] of context.state.itemResults.get(step.step.id) ?? []) tally.take(index, result);
  return tally;
}

async function settleItem(
  context: RunContext,
  { step }: CompiledStep,
  tally: ItemTally,
  index: number,
  { outcome, calls, since, request }: ItemEnd,
): Promise<void> {
  if (outcome.status === 'waiting' || outcome.status === 'canceled') {
    tally.leaveOpen(outcome, calls);
    return;
  }
  if (outcome.status === 'failed') {
    await stopChildren({ ...context, record: context.state.record }, step.id, index);
  }
  const now = context.ports.clock.now();
  const result = toStepResult(step.id, outcome, { attempts: calls, startedAt: since, now });
  tally.take(index, result);
  context.journal.post({
    commits: [{ step_id: step.id, item: index, result, ...(request && { request }) }],
    events: [toProgress(step.id, tally, index, result)],
  });
}

function toProgress(stepId: string, { done, total }: ItemTally, index: number, { error }: StepResult) {
  const failure = error === undefined ? '' : `, item ${index} failed: ${error.message}`;
  return {
    type: 'step_progress',
    step_id: stepId,
    done,
    total,
    message: `${done} of ${total} items${failure}`,
  } as const;
}

function stoppedByItem(stepId: string): OattyError {
  return new OattyError('CANCELED', `Stopped because another item of step "${stepId}" failed.`, { stepId });
}
