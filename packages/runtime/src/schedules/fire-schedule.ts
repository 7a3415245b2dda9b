/**
 * Acts on one schedule that is due.
 *
 *   F1. A claim only keeps several processes from doing the same work; that nothing starts twice holds without it (S1 of
 *       `start-firing.ts`). Should a process die before it is done, another one acts on the same times or events when the
 *       claim is over, and finds the runs that are there.
 *   F2. Runs are started before the schedule moves on, which it does only from where it was: compared and set.
 *   F3. One whose workflow is not (any more) what its owner has agreed to is paused: it would start nothing at any time.
 */
import type { ScheduleChange } from '@oatty/engine';
import type { ClockTiming, EventTiming, Firing, Schedule } from '@oatty/types';
import type { World } from '../world.ts';
import { findChain, mayFollow } from './event-chain.ts';
import { readDueEvents } from './read-due-events.ts';
import { toEventValue } from './scheduled-start.ts';
import { startFiring } from './start-firing.ts';
import type { RunStarter } from './start-firing.ts';

export async function fireSchedule(world: World, runs: RunStarter, schedule: Schedule): Promise<void> {
  const { schedule_id, timing, next_at } = schedule;
  if (next_at === undefined) return;
  const store = await world.schedules();
  const now = world.clock.now();
  const until = new Date(now.getTime() + claimMs).toISOString();
  if (!(await store.claimSchedule(schedule_id, next_at, until, now.toISOString()))) return;
  const change =
    'event' in timing
      ? await fireEvents(world, runs, { ...schedule, timing }, now)
      : await fireTimes(world, runs, { ...schedule, timing }, now);
  await store.changeSchedule(schedule_id, next_at, change);
}

// --- internal ---

/** F1. Longer than it takes to start a run, as a rule. */
const claimMs = 10_000;

async function fireTimes(
  world: World,
  runs: RunStarter,
  schedule: Schedule & { readonly timing: ClockTiming },
  now: Date,
): Promise<ScheduleChange> {
  const { dueTimes } = await import('@oatty/engine');
  const { due, next } = dueTimes(schedule, now);
  const chain = [schedule.schedule_id];
  let last: Firing | undefined;
  for (const dueAt of due) {
    last = await startFiring(world, runs, { schedule, dueAt, key: dueAt, chain });
    if (isUnagreed(last)) return { status: 'paused', last };
  }
  return {
    status: next === undefined ? 'ended' : 'active',
    ...(next !== undefined && { next_at: next }),
    ...(last && { last }),
  };
}

async function fireEvents(
  world: World,
  runs: RunStarter,
  schedule: Schedule & { readonly timing: EventTiming },
  now: Date,
): Promise<ScheduleChange> {
  const { events, seen, hasMore, next } = await readDueEvents(world, schedule, now);
  let last: Firing | undefined;
  for (const taskEvent of events) {
    const earlier = await findChain(world, taskEvent.runId);
    if (!mayFollow(schedule.schedule_id, earlier)) continue;
    const chain = [...earlier, schedule.schedule_id];
    const event = toEventValue(schedule.timing, taskEvent);
    const { at: dueAt, key } = taskEvent;
    last = await startFiring(world, runs, { schedule, dueAt, key, chain, event });
    if (isUnagreed(last)) return { status: 'paused', last };
  }
  const next_at = hasMore ? now.toISOString() : next;
  return { status: 'active', seen, ...(next_at !== undefined && { next_at }), ...(last && { last }) };
}

/** F3 */
function isUnagreed({ error }: Firing): boolean {
  return error?.error_code === 'WORKFLOW_VERSION_CONFLICT';
}
