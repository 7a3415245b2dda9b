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
    const due = run.due_at === undefined ? lookMs : Date.parse(run.due_at) - world.clock.now().getTime();
    await world.clock.sleep(Math.max(due, 1), untilClosed(world, signal));
  }
}
