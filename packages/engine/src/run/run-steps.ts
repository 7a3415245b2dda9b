/** Runs what is left of a run, up to `max_parallel` steps side by side. */
import type { RunContext } from './run-context.ts';
import { runPool } from './run-pool.ts';
import { runStep } from './run-step.ts';
import { Schedule } from './schedule.ts';

/**
 * Ends when every step has ended, the run was stopped, or the rest waits (`context.waits`).
 *
 * @throws {Suspension} when the run is parked
 */
export async function runSteps(context: RunContext): Promise<void> {
  const { workflow, results, begun, stop, activity } = context;
  const schedule = new Schedule(workflow.steps, new Set(results.keys()), new Set(begun.keys()));
  stopAtOldFailure(context);

  await runPool(
    workflow.maxParallel,
    () => (stop.halt ? undefined : schedule.next()),
    async (step) => {
      const end = await runStep(context, step);
      if (end.kind === 'waiting') return;
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
