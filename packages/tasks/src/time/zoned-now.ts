/** The time at which a call is judged: "today" and "overdue" are questions to the clocks of the user. */
import { openTimeZone, toInstant } from '@oatty/types';
import type { TimeZone } from '@oatty/types';

export interface ZonedNow {
  readonly zone: TimeZone;
  readonly zoneName: string;
  /** In UTC with milliseconds. */
  readonly now: string;
  /** As the user's clocks show it. */
  readonly today: string;
}

/** @throws {OattyError} `ARGUMENT_INVALID` for a zone that there is not */
export function toZonedNow(now: string, zoneName: string): ZonedNow {
  const zone = openTimeZone(zoneName);
  return { zone, zoneName, now, today: toDay(zone, now) };
}

/** The day that the clocks of a zone show at an instant. */
export function toDay(zone: TimeZone, instant: string): string {
  const time = Date.parse(instant);
  return new Date(time + zone.offsetAt(time)).toISOString().slice(0, 10);
}

/** The instant at which a day begins; midnight, or the first time that there is where midnight is skipped. */
export function startOfDay(zone: TimeZone, day: string): string {
  return new Date(toInstant(zone, Date.parse(day))).toISOString();
}

export function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
