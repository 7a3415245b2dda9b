/** The days that a report is about, by the clocks of a zone. */
import { OattyError } from '@oatty/types';
import { nextDay, startOfDay, toDay } from '../time/zoned-now.ts';
import type { ZonedNow } from '../time/zoned-now.ts';

export interface Period {
  readonly from: string;
  readonly to: string;
  readonly days: readonly Day[];
  /** The instant at which the first day begins, and the one at which the last has ended. */
  readonly start: string;
  readonly end: string;
  /** When the state of the tasks is judged: at the end, or now while the period goes on. */
  readonly judgedAt: string;
  /** The day that the clocks show then. */
  readonly judgedDay: string;
}

interface Day {
  readonly day: string;
  readonly start: string;
  readonly end: string;
}

/**
 * @param from - default: seven days with the last one
 * @param to - default: today
 * @throws {OattyError} `ARGUMENT_INVALID`, `LIMIT_EXCEEDED`
 */
export function toPeriod({ from, to }: GivenDays, { zone, now, today }: ZonedNow): Period {
  const last = checkDay(to ?? today, 'to');
  const first = checkDay(from ?? daysBefore(last, 6), 'from');
  if (first > last)
    throw new OattyError('ARGUMENT_INVALID', `The period ends (${last}) before it begins (${first}).`);
  const days = daysBetween(first, last).map((day) => ({
    day,
    start: startOfDay(zone, day),
    end: startOfDay(zone, nextDay(day)),
  }));
  const start = startOfDay(zone, first);
  const end = startOfDay(zone, nextDay(last));
  const judgedAt = now < end ? now : end;
  return { from: first, to: last, days, start, end, judgedAt, judgedDay: toDay(zone, judgedAt) };
}

export interface GivenDays {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The Monday of its week. */
export function weekOf(day: string): string {
  return daysBefore(day, (new Date(day).getUTCDay() + 6) % 7);
}

// --- internal ---

const maxDays = 366;

function daysBetween(first: string, last: string): readonly string[] {
  const days = [];
  for (let day = first; day <= last; day = nextDay(day)) {
    if (days.length === maxDays) {
      throw new OattyError('LIMIT_EXCEEDED', `A report is about ${maxDays} days at most.`, {
        suggestedAction: 'Ask for a shorter period.',
        context: { limit: maxDays },
      });
    }
    days.push(day);
  }
  return days;
}

function daysBefore(day: string, count: number): string {
  return new Date(Date.parse(day) - count * 86_400_000).toISOString().slice(0, 10);
}

function checkDay(day: string, argument: string): string {
  const time = Date.parse(`${day}T00:00Z`);
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(day)) return day;
  throw new OattyError('ARGUMENT_INVALID', `"${day}" is no day for ${argument}.`, {
    suggestedAction: 'Write it as 2026-03-29.',
    context: { argument },
  });
}
