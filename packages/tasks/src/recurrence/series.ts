/**
 * A task that recurs.
 *
 *   S1. A series begins at the due time of its first task; a change of due time or rule begins a new one.
 *   S2. A time of day is one of the clocks of the user: 09:00 stays 09:00 when they are put forward or back. A time that
 *       they skip is the moment at which they are put forward; of one that they show twice it is the first.
 *   S3. Completing a task creates the next one and hands the rule over to it, so that a task reopened and completed
 *       again creates no second one.
 *   S4. The next one is the first after the due time that is not on a day in the past: what was missed is not made up for.
 */
import { nextDayOf, OattyError, openTimeZone, parseRule, toInstant } from '@oatty/types';
import type { Rule } from '@oatty/types';
import { isWholeDay } from '../task.ts';
import type { Series, Task } from '../task.ts';
import { toDay } from '../time/zoned-now.ts';
import type { ZonedNow } from '../time/zoned-now.ts';

/** S1 @throws {OattyError} `ARGUMENT_INVALID` for a rule that is none, or without a due time */
export function beginSeries(
  { recurrence, due, status }: Pick<Task, 'recurrence' | 'due' | 'status'>,
  { zone, zoneName }: Pick<ZonedNow, 'zone' | 'zoneName'>,
): Series | null {
  if (recurrence === null) return null;
  refuseTimes(parseRule(recurrence));
  if (due === null || status === 'completed') {
    throw new OattyError('ARGUMENT_INVALID', 'Only a task that is due and not completed can recur.', {
      suggestedAction: 'Give due, or leave recurrence out.',
      context: { argument: 'recurrence' },
    });
  }
  if (isWholeDay(due)) return { start: due };
  const time = Date.parse(due);
  const [, local = ''] = new Date(time + zone.offsetAt(time)).toISOString().split(/T|Z/);
  return { start: toDay(zone, due), time: local, zone: zoneName };
}

/** S4 @returns when the next task is due; `undefined` when the series has ended */
export function nextDue({ recurrence, series, due }: Task, { today }: ZonedNow): string | undefined {
  if (recurrence === null || series === null || due === null) return undefined;
  const zone = series.zone === undefined ? undefined : openTimeZone(series.zone);
  const dueDay = zone === undefined ? due : toDay(zone, due);
  const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
  const day = nextDayOf(parseRule(recurrence), series.start, dueDay > yesterday ? dueDay : yesterday);
  if (day === undefined || zone === undefined) return day;
  return new Date(toInstant(zone, Date.parse(`${day}T${series.time ?? ''}Z`))).toISOString(); // S2
}

// --- internal ---

/** The time of day is the one of the due time. */
function refuseTimes({ hours, minutes }: Rule): void {
  if (hours.length + minutes.length === 0) return;
  throw new OattyError('ARGUMENT_INVALID', 'A task recurs on days: BYHOUR and BYMINUTE are for schedules.', {
    suggestedAction: 'Give due a time, and leave BYHOUR and BYMINUTE out.',
    context: { argument: 'recurrence' },
  });
}
