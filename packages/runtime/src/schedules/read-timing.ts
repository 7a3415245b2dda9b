/** When a schedule is due, as callers say it → as it is kept. */
import { OattyError } from '@oatty/types';
import type { Timing } from '@oatty/types';
import type { ScheduleOptions } from './schedules.ts';

/** @throws {OattyError} `ARGUMENT_INVALID` */
export function readTiming({ cron, at, timeZone }: ScheduleOptions): Timing {
  if ((cron === undefined) === (at === undefined)) {
    throw new OattyError('ARGUMENT_INVALID', 'A schedule has a cron expression or one instant.', {
      suggestedAction: 'Give one of cron and at.',
    });
  }
  if (cron !== undefined) return { cron, time_zone: timeZone ?? zoneOfThisMachine() };
  if (timeZone === undefined) return { at: toInstant(at ?? '') };
  throw new OattyError('ARGUMENT_INVALID', 'A time zone is for cron; an instant has its own offset.', {
    suggestedAction: 'Leave the time zone out, and write the offset behind the time.',
  });
}

// --- internal ---

/** What has no offset would mean something else on another machine. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

function toInstant(text: string): string {
  const time = instant.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  throw new OattyError('ARGUMENT_INVALID', `"${text}" is no instant.`, {
    suggestedAction: 'Write date, time and offset: 2026-12-24T18:00:00+01:00.',
    context: { at: text },
  });
}

function zoneOfThisMachine(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
