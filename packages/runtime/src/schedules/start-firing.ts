/**
 * Starts one run of a schedule: for a time that has come, or for an event.
 *
 *   S1. The id of the run is made from the schedule and what the run is for, so that this never starts two runs, whoever
 *       tries.
 *   S2. A run that cannot start is told, and what it was for is over. A journal that cannot be used ends nothing.
 */
import { OattyError } from '@oatty/types';
import type { Firing, Instant, Schedule } from '@oatty/types';
import { createHash } from 'node:crypto';
import { libraryCaller } from '../caller.ts';
import type { RunHandle, RunStartOptions } from '../runs/runs.ts';
import type { World } from '../world.ts';
import { agreedOf } from './agreement.ts';
import { toStart } from './scheduled-start.ts';
import { toUuid } from './to-uuid.ts';

/** Starts runs under the id that is given. */
export interface RunStarter {
  start(options: RunStartOptions): Promise<Pick<RunHandle, 'run_id'>>;
}

interface FiringRequest {
  readonly schedule: Schedule;
  readonly dueAt: Instant;
  /** S1 */
  readonly key: string;
  /** Schedules that led to it, this one last. */
  readonly chain: readonly string[];
  readonly event?: object;
}

export async function startFiring(
  world: World,
  runs: RunStarter,
  { schedule, dueAt, key, chain, event }: FiringRequest,
): Promise<Firing> {
  const runId = toRunId(schedule, key);
  const agreed = agreedOf(schedule);
  try {
    const { run_id } = await runs.start({
      ...(await toStart(schedule, event)),
      caller: schedule.caller ?? libraryCaller,
      maxEffect: schedule.may_destroy ? 'destructive' : 'standard',
      ...(schedule.queue !== undefined && { queue: { name: schedule.queue } }),
      triggeredBy: chain,
      ...(agreed && { agreed }),
      runId,
    });
    return { due_at: dueAt, run_id };
  } catch (thrown) {
    if (await isThere(world, runId)) return { due_at: dueAt, run_id: runId };
    const error = OattyError.from(thrown);
    if (world.closing.signal.aborted || ofJournal.has(error.code)) throw error;
    return { due_at: dueAt, error: error.toPayload() };
  }
}

// --- internal ---

/** S2 */
const ofJournal: ReadonlySet<string> = new Set(['STORAGE_FAILED', 'STATE_LOCKED']);

/** S1 */
function toRunId({ schedule_id, created_at }: Schedule, key: string): string {
  return toUuid(createHash('sha256').update([schedule_id, created_at, key].join('\n')));
}

async function isThere(world: World, runId: string): Promise<boolean> {
  return (await (await world.store()).getRun(runId)) !== undefined;
}
