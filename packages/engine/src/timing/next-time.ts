/**
 * When a schedule is due next.
 *
 *   N1. A time that the clocks of the zone skip counts at the moment at which they are put forward; several of them are
 *       one. A time that they show twice counts once, the first time.
 *   N2. A schedule for every hour goes by the time that passes instead: nothing is made up for in a skipped hour, and it
 *       goes on through an hour that comes twice. So a schedule for each quarter of an hour is due four times in each hour that passes.
 */
import { findChange, OattyError, openTimeZone, toInstant } from '@oatty/types';
import type { ClockTiming, TimeZone } from '@oatty/types';
import { parseCron } from './parse-cron.ts';
import type { Cron } from './parse-cron.ts';
import { compileRule } from './recurring-times.ts';

/** @returns the first time after this instant (epoch milliseconds); `undefined` when there is none */
export type NextTime = (after: number) => number | undefined;

/** @throws {OattyError} `ARGUMENT_INVALID` */
export function compileTiming(timing: ClockTiming): NextTime {
  if ('at' in timing) {
    const at = Date.parse(timing.at);
    return (after) => (at > after ? at : undefined);
  }
  if ('rrule' in timing) return compileRule(timing);
  const cron = parseCron(timing.cron);
  const zone = openTimeZone(timing.time_zone);
  if (nextLocal(cron, 0) === undefined) {
    throw new OattyError('ARGUMENT_INVALID', `"${timing.cron}" is never due: no month has such a day.`, {
      suggestedAction: 'Correct the day or the month.',
      context: { cron: timing.cron },
    });
  }
  return cron.hours.size === 24
    ? (after) => nextPassing(cron, zone, after)
    : (after) => nextShown(cron, zone, after);
}

/** The next times after this instant, the first one first; fewer when there are no more. */
export function upcomingTimes(timing: ClockTiming, after: number, count: number): readonly number[] {
  const nextTime = compileTiming(timing);
  const times: number[] = [];
  for (let time = nextTime(after); time !== undefined && times.length < count; time = nextTime(time))
    times.push(time);
  return times;
}

// --- internal ---

/** N1 */
function nextShown(cron: Cron, zone: TimeZone, after: number): number | undefined {
  let local = nextLocal(cron, after + zone.offsetAt(after));
  while (local !== undefined) {
    const instant = toInstant(zone, local);
    if (instant > after) return instant;
    local = nextLocal(cron, local);
  }
  return undefined;
}

/** N2: from one change of the clocks to the next, time passes evenly. */
function nextPassing(cron: Cron, zone: TimeZone, after: number): number | undefined {
  for (let from = after; ;) {
    const offset = zone.offsetAt(from);
    const local = nextLocal(cron, from + offset);
    if (local === undefined) return undefined;
    const instant = local - offset;
    if (zone.offsetAt(instant) === offset) return instant;
    const change = findChange(zone, from, instant);
    const there = change + zone.offsetAt(change);
    if (nextLocal(cron, there - 1000) === there) return change;
    from = change;
  }
}

const dayMs = 86_400_000;
/** The longest way between two days of a calendar: over a year like 2100, which has no 29 February. */
const maxDays = 8 * 366;

/** The first local time after this one, to the second. */
function nextLocal(cron: Cron, after: number): number | undefined {
  const from = Math.floor(after / 1000) * 1000 + 1000;
  const today = Math.floor(from / dayMs) * dayMs;
  for (let day = today, end = today + maxDays * dayMs; day <= end; day += dayMs) {
    if (!isDay(cron, new Date(day))) continue;
    const time = nextOfDay(cron, day === today ? (from - today) / 1000 : 0);
    if (time !== undefined) return day + time * 1000;
  }
  return undefined;
}

function isDay({ months, days, weekdays, eitherDay }: Cron, date: Date): boolean {
  if (!months.has(date.getUTCMonth() + 1)) return false;
  const fits = [days.has(date.getUTCDate()), weekdays.has(date.getUTCDay())];
  return eitherDay ? fits.includes(true) : !fits.includes(false);
}

/** @param from - seconds of the day, as the result */
function nextOfDay({ hours, minutes, seconds }: Cron, from: number): number | undefined {
  const hour = Math.floor(from / 3600);
  const minute = Math.floor(from / 60) % 60;
  const inMinute = hours.has(hour) && minutes.has(minute) ? first(seconds, from % 60) : undefined;
  if (inMinute !== undefined) return hour * 3600 + minute * 60 + inMinute;
  const inHour = hours.has(hour) ? first(minutes, minute + 1) : undefined;
  if (inHour !== undefined) return hour * 3600 + inHour * 60 + (first(seconds, 0) ?? 0);
  const later = first(hours, hour + 1);
  if (later === undefined) return undefined;
  return later * 3600 + (first(minutes, 0) ?? 0) * 60 + (first(seconds, 0) ?? 0);
}

function first(values: ReadonlySet<number>, from: number): number | undefined {
  const others = [...values].filter((value) => value >= from);
  return others.length === 0 ? undefined : Math.min(...others);
}
