/**
 * Schedules for events become due when there is something to look at.
 *
 *   L1. That a task was changed is seen by the number of changes of its user: one question for all schedules together.
 *   L2. Most looks are for users who have changed something lately: they cost the same with ten schedules and with ten
 *       thousand. Clocks of machines differ and transactions take their time, so twice a minute all are looked at.
 *   L3. What happens with the time alone (`overdue`) is looked at when it is due, as times are: `next_at` says when.
 */
import type { Schedule } from '@oatty/types';
import { libraryCaller } from '../caller.ts';
import type { World } from '../world.ts';

/**
 * Makes those due for which something has happened.
 *
 * @param since - only for users who have changed something since then (L2)
 */
export async function wakeListening(world: World, since?: Date): Promise<void> {
  const store = await world.schedules();
  if (!(await store.hasListening())) return;
  const events = await world.taskEvents();
  const changed = since && (await events.listChanged(since));
  if (changed?.length === 0) return;
  const now = world.clock.now().toISOString();
  const listeners = await store.listListening(now, changed);
  for (const { schedule_id, next_at } of await events.findNews(listeners)) {
    await store.wakeSchedule(schedule_id, next_at, now);
  }
}

/** What a schedule that begins to listen, or goes on with it, has. */
export async function listenFromNow(
  world: World,
  { timing, caller = libraryCaller }: Pick<Schedule, 'timing' | 'caller'>,
): Promise<Pick<Schedule, 'next_at' | 'seen'>> {
  const seen = await (await world.taskEvents()).begin(caller.principal);
  const isByTime = 'event' in timing && timing.event === 'overdue';
  return { seen, ...(isByTime && { next_at: world.clock.now().toISOString() }) }; // L3: the first look finds when
}
