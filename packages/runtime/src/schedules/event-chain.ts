/**
 * Keeps schedules for events from starting each other without end.
 *
 *   C1. What the run of a schedule changes starts no run of that schedule, whatever came in between.
 *   C2. At most three schedules follow each other that way.
 */
import type { World } from '../world.ts';

/** C2 */
const maxChain = 3;

/** The schedules that led to a change: those of the run that made it. */
export async function findChain(world: World, runId: string | null): Promise<readonly string[]> {
  if (runId === null) return [];
  const store = await world.store();
  const run = await store.getRun(runId);
  if (run === undefined || run.triggered_by !== undefined) return run?.triggered_by ?? [];
  return (await store.getRun(run.root_run_id))?.triggered_by ?? [];
}

/** C1, C2 */
export function mayFollow(scheduleId: string, chain: readonly string[]): boolean {
  return chain.length < maxChain && !chain.includes(scheduleId);
}
