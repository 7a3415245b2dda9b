import type { Runner } from '@oatty/engine';
import { isTerminal } from '@oatty/types';
import type { RunDocument, RunStatus } from '@oatty/types';
import type { World } from '../world.ts';
import type { BackgroundRuns } from './background-runs.ts';
import type { RunHandle } from './runs.ts';
import { waitForRun } from './wait-for-run.ts';

export interface StartedRun {
  readonly runId: string;
  readonly workflowId: string;
  /** Default: `pending`. */
  readonly status?: RunStatus;
  /** The run when it rests; `undefined` when it could not be carried on here. Absent: others carry it. */
  readonly rest?: Promise<RunDocument | undefined>;
  readonly queue?: string;
  /** It was there already. */
  readonly deduplicated?: true;
}

export function toRunHandle(
  world: World,
  background: BackgroundRuns,
  runner: Runner,
  { runId, workflowId, status = 'pending', rest, queue, deduplicated }: StartedRun,
): RunHandle {
  return {
    run_id: runId,
    workflow_id: workflowId,
    status,
    ...(queue !== undefined && { queue }),
    ...(deduplicated && { deduplicated }),
    events: () => runner.watch(runId, { signal: world.closing.signal }),
    async wait() {
      const run = await rest;
      return run !== undefined && isTerminal(run.status) ? run : waitForRun(world, runId);
    },
    cancel: () => background.cancel(runner, runId),
  };
}
