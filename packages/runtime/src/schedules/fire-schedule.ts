/**
 * Starts the runs of one schedule that are due.
 *
 *   F1. The id of a run is made from the schedule and its time, so that one time never starts two runs, whoever tries.
 *   F2. A claim only keeps several processes from doing the same work; F1 holds without it. Should a process die before it
 *       is done, another one acts on the same times when the claim is over, and finds the runs that are there.
 *   F3. A run that cannot start is told in `last`, and its time is over. A journal that cannot be used ends nothing.
 */
import { OattyError } from '@oatty/types';
import type { Firing, Instant, Schedule } from '@oatty/types';
import { createHash } from 'node:crypto';
import { libraryCaller } from '../caller.ts';
import type { Runs } from '../runs/runs.ts';
import type { World } from '../world.ts';
import { toStart } from './scheduled-start.ts';
import { toUuid } from './to-uuid.ts';

export async function fireSchedule(world: World, runs: Runs, schedule: Schedule): Promise<void> {
  const { schedule_id, timing, next_at } = schedule;
  if (next_at === undefined || 'event' in timing) return;
  const store = await world.schedules();
  const now = world.clock.now();
  const until = new Date(now.getTime() + claimMs).toISOString();
  if (!(await store.claimSchedule(schedule_id, next_at, until, now.toISOString()))) return;
  const { dueTimes } = await import('@oatty/engine');
  const { due, next } = dueTimes({ ...schedule, timing }, now);
  let last: Firing | undefined;
  for (const dueAt of due) last = await fire(world, runs, schedule, dueAt);
  await store.changeSchedule(schedule_id, next_at, {
    status: next === undefined ? 'ended' : 'active',
    ...(next !== undefined && { next_at: next }),
    ...(last && { last }),
  });
}

// --- internal ---

/** F2. Longer than it takes to start a run, as a rule. */
const claimMs = 10_000;

async function fire(world: World, runs: Runs, schedule: Schedule, dueAt: Instant): Promise<Firing> {
  const runId = toRunId(schedule, dueAt);
  try {
    const { run_id } = await runs.start({
      ...(await toStart(schedule)),
      caller: schedule.caller ?? libraryCaller,
      maxEffect: schedule.may_destroy ? 'destructive' : 'standard',
      ...(schedule.queue !== undefined && { queue: { name: schedule.queue } }),
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

/** F3 */
const ofJournal: ReadonlySet<string> = new Set(['STORAGE_FAILED', 'STATE_LOCKED']);

/** F1 */
function toRunId({ schedule_id, created_at }: Schedule, dueAt: Instant): string {
  return toUuid(createHash('sha256').update([schedule_id, created_at, dueAt].join('\n')));
}

/** F2 */
async function isThere(world: World, runId: string): Promise<boolean> {
  return (await (await world.store()).getRun(runId)) !== undefined;
}
