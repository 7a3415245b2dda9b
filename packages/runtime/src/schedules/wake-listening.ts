/**
 * Schedules for events become due when there is something to look at.
 *
 *   L1. That a task was changed is seen by the number of changes of its user: one question for all schedules together.
 *   L2. What happens with the time alone (`overdue`) is looked at when it is due, as times are: `next_at` says when.
 */
import type { Schedule } from '@oatty/types';
import { libraryCaller } from '../caller.ts';
import type { World } from '../world.ts';

/** Makes those due for which something has happened. */
export async function wakeListening(world: World): Promise<void> {
  const store = await world.schedules();
  const now = world.clock.now().toISOString();
  const listeners = (await store.listListening())
    .filter(({ next_at }) => next_at === undefined || next_at > now)
    .map(toListener);
  if (listeners.length === 0) return;
  const events = await world.taskEvents();
  for (const { schedule } of await events.findNews(listeners)) {
    await store.wakeSchedule(schedule.schedule_id, schedule.next_at, now);
  }
}

export function toListener(schedule: Schedule) {
  const { caller = libraryCaller, seen = '' } = schedule;
  return { schedule, principal: caller.principal, seen };
}

/** What a schedule that begins to listen, or goes on with it, has. */
export async function listenFromNow(
  world: World,
  { timing, caller = libraryCaller }: Pick<Schedule, 'timing' | 'caller'>,
): Promise<Pick<Schedule, 'next_at' | 'seen'>> {
  const seen = await (await world.taskEvents()).begin(caller.principal);
  const isByTime = 'event' in timing && timing.event === 'overdue';
  return { seen, ...(isByTime && { next_at: world.clock.now().toISOString() }) }; // L2: the first look finds when
}
