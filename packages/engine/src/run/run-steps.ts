/** Runs what is left of a run, up to `max_parallel` steps side by side. */
import type { CompiledStep } from './compile-workflow.ts';
import type { RunContext } from './run-context.ts';
import { runPool } from './run-pool.ts';
import { runStep } from './run-step.ts';
import { Schedule } from './schedule.ts';

/**
 * A step that waits for an approval keeps its place: what comes after it in a sequence does not overtake it.
 * Ends when every step has ended, the run was stopped, or the rest waits (`context.waits`).
 *
 * @throws {Suspension} when the run is parked
 */
export async function runSteps(context: RunContext): Promise<void> {
  const { workflow, results, begun, stop, activity } = context;
  const schedule = new Schedule(workflow.steps, new Set(results.keys()), new Set(begun.keys()));
  stopAtOldFailure(context);

  let active = 0;
  let held = 0;
  const take = (): CompiledStep | undefined => {
    if (stop.halt || active + held >= workflow.maxParallel) return undefined;
    const step = schedule.next();
    if (step !== undefined) active += 1;
    return step;
  };
  await runPool(
    workflow.maxParallel,
    take,
    async (step) => {
      const end = await runStep(context, step);
      active -= 1;
      if (end.kind === 'waiting') {
        if (end.holdsPlace) held += 1;
        return;
      }
      const { result } = end;
      results.set(result.id, result);
      schedule.end(result.id);
      if (result.status === 'failed' && result.error && !step.continues) {
        stop.stop({ kind: 'failed', stepId: result.id, error: result.error });
      }
    },
    (count) => activity.shift(count),
  );
}

// --- internal ---

/** The owner before this one may have gone between a failed step and the end of the run. */
function stopAtOldFailure({ workflow, results, stop }: RunContext): void {
  for (const { step, continues } of workflow.steps) {
    const result = results.get(step.id);
    if (result?.status === 'failed' && result.error && !continues) {
      stop.stop({ kind: 'failed', stepId: step.id, error: result.error });
    }
  }
}
