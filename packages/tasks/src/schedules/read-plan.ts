/** When a schedule is to run, as a caller says it → as it is planned. */
import { OattyError } from '@oatty/types';
import type { MissedTimes, TaskEventKind } from '@oatty/types';
import { isWholeDay } from '../task.ts';
import { parseTime } from '../time/parse-time.ts';
import type { ZonedNow } from '../time/zoned-now.ts';
import type { PlannedTiming } from './user-schedules.ts';

export interface GivenTiming {
  readonly at?: string | undefined;
  readonly cron?: string | undefined;
  readonly rrule?: string | undefined;
  readonly start?: string | undefined;
  readonly event?: TaskEventKind | undefined;
  readonly priority?: readonly string[] | undefined;
  readonly missed?: MissedTimes | undefined;
}

/** @throws {OattyError} `ARGUMENT_INVALID` */
export function readTiming(given: GivenTiming, { zone, zoneName }: ZonedNow): PlannedTiming {
  const { at, cron, rrule, event, start, priority } = given;
  const kinds = Object.entries({ at, cron, rrule, event }).filter(([, value]) => value !== undefined);
  if (kinds.length !== 1) throw invalid('A schedule has one of at, cron, rrule and event.');
  if (start !== undefined && rrule === undefined) throw invalid('start goes with rrule.');
  if (priority !== undefined && event === undefined) throw invalid('priority goes with event.');
  if (cron !== undefined) return { cron, timeZone: zoneName };
  if (event !== undefined) return { event, ...(priority !== undefined && { priority }) };
  if (rrule !== undefined) {
    const from = start === undefined ? undefined : parseTime(start, zone, 'start');
    return { rrule, timeZone: zoneName, ...(from !== undefined && { start: from }) };
  }
  const time = parseTime(at ?? '', zone, 'at');
  if (isWholeDay(time)) throw invalid(`"${time}" has no time of day.`);
  return { at: time };
}

// --- internal ---

function invalid(message: string): OattyError {
  return new OattyError('ARGUMENT_INVALID', message, {
    suggestedAction:
      'Write at as 2026-12-24T18:00, cron as "0 9 * * 1", rrule as FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0, or name an event.',
  });
}
