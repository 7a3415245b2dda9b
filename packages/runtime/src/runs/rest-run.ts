import { isTerminal } from '@oatty/types';
import type { RunDocument } from '@oatty/types';
import { untilClosed } from '../until-closed.ts';
import type { World } from '../world.ts';
import type { BackgroundRuns } from './background-runs.ts';

/** How often a run is looked at that another process carries on. */
const lookMs = 1_000;

/** Carries the run on here until it has ended, or waits for an answer alone. */
export async function restRun(
  world: World,
  background: BackgroundRuns,
  runId: string,
  signal: AbortSignal | undefined,
): Promise<RunDocument> {
  const runner = await world.runner();
  for (;;) {
    await background.takeUp(runId);
    const run = await runner.read(runId);
    if (isTerminal(run.status) || (run.status === 'waiting' && run.due_at === undefined)) return run;
    const untilDueMs = run.due_at === undefined ? 0 : Date.parse(run.due_at) - world.clock.now().getTime();
    // One that is due, and was not carried on here, is somebody else's.
    await world.clock.sleep(untilDueMs > 0 ? untilDueMs : lookMs, untilClosed(world, signal));
  }
}
