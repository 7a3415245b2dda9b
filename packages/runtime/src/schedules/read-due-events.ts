/** Events that a schedule has not seen, and that are to start runs now. */
import type { EventPage } from '@oatty/tasks';
import type { EventTiming, Schedule } from '@oatty/types';
import type { World } from '../world.ts';
import { libraryCaller } from '../caller.ts';

/** Acted on at once; what is left is seen the next time. */
const maxEvents = 100;

export async function readDueEvents(
  world: World,
  schedule: Schedule & { readonly timing: EventTiming },
  now: Date,
): Promise<EventPage> {
  const { dueEvents } = await import('@oatty/engine');
  const source = await world.taskEvents();
  const { timing, missed, caller = libraryCaller, seen = '' } = schedule;
  const { principal } = caller;
  let page = await source.read({ principal, seen, timing });
  let events = dueEvents(page.events, missed, now);
  // What was missed is judged as a whole, so only what was not counts.
  while (page.hasMore && dueEvents(events, 'skip', now).length < maxEvents) {
    page = await source.read({ principal, seen: page.seen, timing });
    events = dueEvents([...events, ...page.events], missed, now);
  }
  return { ...page, events };
}
