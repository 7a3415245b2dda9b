/** When a schedule is due, as callers say it → as it is kept. */
import { OattyError, openTimeZone } from '@oatty/types';
import type { Timing } from '@oatty/types';
import type { ScheduleOptions } from './schedules.ts';

const kinds = ['cron', 'rrule', 'at', 'event'] as const;

/** @throws {OattyError} `ARGUMENT_INVALID` */
export async function readTiming(options: ScheduleOptions, now: Date): Promise<Timing> {
  const [kind, ...others] = kinds.filter((name) => options[name] !== undefined);
  if (kind === undefined || others.length > 0) {
    throw new OattyError('ARGUMENT_INVALID', 'A schedule has one of cron, rrule, at and event.', {
      suggestedAction: 'Give one of cron, rrule, at and event.',
    });
  }
  refuseOthers(kind, options);
  const { cron, rrule, at = '', event, priority, timeZone = zoneOfThisMachine() } = options;
  if (cron !== undefined) return { cron, time_zone: timeZone };
  if (rrule !== undefined) return readRule(rrule, timeZone, options.start, now);
  if (event !== undefined) return { event, ...(priority !== undefined && { priority }) };
  return { at: toInstant(at) };
}

// --- internal ---

type Kind = (typeof kinds)[number];

/** What only some of them have. */
const owners: Readonly<Record<'timeZone' | 'start' | 'priority', readonly Kind[]>> = {
  timeZone: ['cron', 'rrule'],
  start: ['rrule'],
  priority: ['event'],
};

const advice = {
  timeZone: 'Leave the time zone out, and write the offset behind the time.',
  start: 'Leave the start out, or use rrule.',
  priority: 'Leave the priority out, or use event.',
} as const;

function refuseOthers(kind: Kind, options: ScheduleOptions): void {
  for (const name of ['timeZone', 'start', 'priority'] as const) {
    if (options[name] === undefined || owners[name].includes(kind)) continue;
    const takers = owners[name].join(' and ');
    const word = name === 'timeZone' ? 'time zone' : name;
    throw new OattyError('ARGUMENT_INVALID', `A ${word} goes with ${takers}, not with ${kind}.`, {
      suggestedAction: advice[name],
    });
  }
}

/** The start is an instant, or a time of the zone; a day begins at 00:00. */
async function readRule(
  rrule: string,
  time_zone: string,
  start: string | undefined,
  now: Date,
): Promise<Timing> {
  const { findFirstTime } = await import('@oatty/engine');
  const rule = { rrule, time_zone };
  const given = start === undefined ? { now: now.getTime() } : { start: toLocalText(start, time_zone) };
  return { rrule, start: findFirstTime(rule, given), time_zone };
}

const localTime = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?$/;

function toLocalText(text: string, timeZone: string): string {
  const isDay = text.length === '2026-12-07'.length;
  const local = localTime.test(text) ? Date.parse(isDay ? `${text}T00:00Z` : `${text}Z`) : Number.NaN;
  if (!Number.isNaN(local)) return new Date(local).toISOString().slice(0, 19);
  const time = Date.parse(toInstant(text));
  return new Date(time + openTimeZone(timeZone).offsetAt(time)).toISOString().slice(0, 19);
}

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
