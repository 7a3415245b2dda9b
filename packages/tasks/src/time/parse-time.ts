/**
 * Times that a caller gives: ISO 8601 and nothing else; "next Friday" is for whoever talks to people.
 *
 *   T1. `2026-03-29` is a whole day.
 *   T2. `2026-03-29T09:00:00Z` and `…+02:00` are instants, kept in UTC with milliseconds.
 *   T3. `2026-03-29T09:00` is an instant by the clocks of the user's zone: the first one when they show it twice, and the
 *       moment at which they are put forward when they skip it.
 */
import { OattyError, toInstant } from '@oatty/types';
import type { TimeZone } from '@oatty/types';

/**
 * @param argument - its name, for the message
 * @returns a day or an instant
 * @throws {OattyError} `ARGUMENT_INVALID`
 */
export function parseTime(text: string, zone: TimeZone, argument: string): string {
  const [, day, time, offset] = pattern.exec(text) ?? [];
  if (day === undefined || !isDay(day)) throw toInvalid(text, argument);
  if (time === undefined) return day;
  const instant = Date.parse(`${day}T${time}${offset ?? 'Z'}`);
  if (Number.isNaN(instant)) throw toInvalid(text, argument);
  return new Date(offset === undefined ? toInstant(zone, instant) : instant).toISOString();
}

/** What `parseTime` understands, for schemas. */
export const timePattern = String.raw`^[12]\d{3}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$`;

// --- internal ---

const pattern = /^([12]\d{3}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?)?$/;

function isDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

function toInvalid(text: string, argument: string): OattyError {
  return new OattyError('ARGUMENT_INVALID', `"${text.slice(0, 60)}" is no date for ${argument}.`, {
    suggestedAction: 'Write a day as 2026-03-29, or a time as 2026-03-29T09:00 or 2026-03-29T09:00:00+02:00.',
    context: { argument },
  });
}
