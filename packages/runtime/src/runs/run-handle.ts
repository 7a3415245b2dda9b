import type { Runner } from '@oatty/engine';
import { isTerminal } from '@oatty/types';
import type { RunDocument } from '@oatty/types';
import type { World } from '../world.ts';
import type { RunHandle } from './runs.ts';
import { waitForRun } from './wait-for-run.ts';

export interface StartedRun {
  readonly runId: string;
  readonly workflowId: string;
  /** The run when it rests; `undefined` when it could not be carried on here. */
  readonly rest: Promise<RunDocument | undefined>;
}

export function toRunHandle(
  world: World,
  runner: Runner,
  { runId, workflowId, rest }: StartedRun,
): RunHandle {
  return {
    run_id: runId,
    workflow_id: workflowId,
    status: 'pending',
    events: () => runner.watch(runId, { signal: world.closing.signal }),
    async wait() {
      const run = await rest;
      return run !== undefined && isTerminal(run.status) ? run : waitForRun(world, runId);
    },
    cancel: () => runner.cancel(runId),
  };
}
