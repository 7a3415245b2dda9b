/**
 * When a schedule with a rule of recurrence (RFC 5545) is due.
 *
 *   Q1. What the rule leaves open comes from the start: the weekday of a week, the day of a month, the time of a day.
 *   Q2. The series begins with the first time of the rule that is not before the start that was given, or after now; COUNT
 *       counts from it. Where no start was given, BYHOUR without BYMINUTE is the full hour.
 *   Q3. When clocks change, its times are those of N1 in `next-time.ts`: all of them are times of a day.
 */
import { isDayOf, nextDayOf, OattyError, openTimeZone, parseRule, toInstant } from '@oatty/types';
import type { ClockTiming, Rule, TimeZone } from '@oatty/types';
import type { NextTime } from './next-time.ts';

export type RuleTiming = Extract<ClockTiming, { readonly rrule: string }>;

/** @throws {OattyError} `ARGUMENT_INVALID` for a rule or a zone that is none */
export function compileRule(timing: RuleTiming): NextTime {
  const series = toSeries(timing);
  return (after) => findNext(series, after)?.instant;
}

/**
 * Q2
 *
 * @param given - the start, as the clocks of the zone show it (`2026-12-07T09:00:00`), or the time (epoch milliseconds)
 * @returns the first time, as the clocks show it
 * @throws {OattyError} `ARGUMENT_INVALID`, also for a rule that is never due
 */
export function findFirstTime(
  timing: Omit<RuleTiming, 'start'>,
  given: { readonly start: string } | { readonly now: number },
): string {
  const start = 'start' in given ? given.start : startFrom(timing, given.now);
  const { rule, ...series } = toSeries({ ...timing, start });
  const { count, ...endless } = rule;
  const first = findNext({ ...series, rule: endless }, 'now' in given ? given.now : series.start - 1);
  if (first !== undefined) return toText(first.local);
  throw new OattyError('ARGUMENT_INVALID', `"${timing.rrule}" is never due from ${start} on.`, {
    suggestedAction: 'Correct the days of the rule, or when it ends.',
    context: { rrule: timing.rrule },
  });
}

// --- internal ---

/** Q2 */
function startFrom({ rrule, time_zone }: Omit<RuleTiming, 'start'>, now: number): string {
  const { hours, minutes } = parseRule(rrule);
  const local = now + openTimeZone(time_zone).offsetAt(now);
  const unit = hours.length > 0 && minutes.length === 0 ? 3_600_000 : 60_000;
  return toText(Math.floor(local / unit) * unit);
}

interface Series {
  readonly rule: Rule;
  readonly zone: TimeZone;
  /** `2026-12-07` */
  readonly startDay: string;
  /** Milliseconds of the day, the first one first. */
  readonly times: readonly number[];
  readonly start: number;
}

const dayMs = 86_400_000;

function toSeries({ rrule, start, time_zone }: RuleTiming): Series {
  const rule = parseRule(rrule);
  const times = timesOfDay(rule, toLocal(start) % dayMs);
  if (rule.count !== undefined && times.length > 1) {
    throw new OattyError('ARGUMENT_INVALID', 'COUNT goes with one time a day.', {
      suggestedAction: 'Use UNTIL, or one BYHOUR and one BYMINUTE.',
      context: { rrule },
    });
  }
  const zone = openTimeZone(time_zone);
  return { rule, zone, times, startDay: start.slice(0, 10), start: toInstant(zone, toLocal(start)) };
}

/** Q1 */
function timesOfDay({ hours, minutes }: Rule, ofStart: number): readonly number[] {
  const startHour = Math.floor(ofStart / 3_600_000);
  const startMinute = Math.floor(ofStart / 60_000) % 60;
  const seconds = hours.length + minutes.length === 0 ? ofStart % 60_000 : 0;
  const times = (hours.length > 0 ? hours : [startHour]).flatMap((hour) =>
    (minutes.length > 0 ? minutes : [startMinute]).map((minute) => (hour * 60 + minute) * 60_000 + seconds),
  );
  return [...new Set(times)].sort((a, b) => a - b);
}

function findNext(
  series: Series,
  after: number,
): { readonly local: number; readonly instant: number } | undefined {
  const { rule, zone, startDay, times } = series;
  const from = Math.max(after, series.start - 1);
  for (let day = firstDay(series, from); day !== undefined; day = nextDayOf(rule, startDay, day)) {
    for (const time of times) {
      const local = Date.parse(day) + time;
      const instant = toInstant(zone, local);
      if (instant > from) return { local, instant };
    }
  }
  return undefined;
}

/** The first day of the series that may have a time after this instant. */
function firstDay({ rule, zone, startDay }: Series, from: number): string | undefined {
  const today = toDay(from + zone.offsetAt(from));
  if (today <= startDay) {
    return isDayOf(rule, startDay, startDay) ? startDay : nextDayOf(rule, startDay, startDay);
  }
  return nextDayOf(rule, startDay, toDay(Date.parse(today) - dayMs));
}

function toDay(local: number): string {
  return new Date(local).toISOString().slice(0, 10);
}

/** `2026-12-07T09:00:00` */
function toText(local: number): string {
  return new Date(local).toISOString().slice(0, 19);
}

function toLocal(text: string): number {
  return Date.parse(`${text}Z`);
}
