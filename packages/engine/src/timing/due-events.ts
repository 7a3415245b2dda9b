/** Which events are to start runs now: what counts as missed, and what becomes of it, is as for times. Pure. */
import type { Instant, MissedTimes } from '@oatty/types';
import { graceMs, missedCount } from './due-times.ts';

/** @param events - the oldest first, as the result */
export function dueEvents<Event extends { readonly at: Instant }>(
  events: readonly Event[],
  missed: MissedTimes,
  now: Date,
): readonly Event[] {
  const isLate = ({ at }: Event): boolean => Date.parse(at) <= now.getTime() - graceMs;
  const punctual = events.filter((event) => !isLate(event));
  if (missed === 'latest' && punctual.length > 0) return punctual;
  const late = events.filter(isLate);
  return [...late.slice(Math.max(0, late.length - missedCount[missed])), ...punctual];
}
