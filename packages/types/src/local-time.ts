/**
 * Clocks on walls: which instant is a local time in a zone, and the other way round.
 *
 * A local time is kept as the epoch milliseconds that it would be in UTC. The rules of zones are those of the platform.
 */
import { OattyError } from './error.ts';

export interface TimeZone {
  /** How far its clocks are ahead of UTC at an instant. */
  offsetAt(instant: number): number;
}

/** @throws {OattyError} `ARGUMENT_INVALID` */
export function openTimeZone(name: string): TimeZone {
  const zone = findTimeZone(name);
  if (zone !== undefined) return zone;
  throw new OattyError('ARGUMENT_INVALID', `There is no time zone "${name}".`, {
    suggestedAction: 'Name one as Europe/Berlin or UTC.',
    context: { time_zone: name },
  });
}

/** @param name - an IANA name such as `Europe/Berlin`, or `UTC` */
export function findTimeZone(name: string): TimeZone | undefined {
  const format = createFormat(name);
  if (format === undefined) return undefined;
  return {
    offsetAt(instant) {
      const second = Math.floor(instant / 1000) * 1000;
      const parts = Object.fromEntries(
        format.formatToParts(second).map(({ type, value }) => [type, Number(value)]),
      );
      const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second: seconds = 0 } = parts;
      return Date.UTC(year, month - 1, day, hour, minute, seconds) - second;
    },
  };
}

/**
 * The instant at which the clocks show this time: the first one when they show it twice, and the moment at which they
 * are put forward when they skip it.
 */
export function toInstant(zone: TimeZone, local: number): number {
  const before = zone.offsetAt(local - nearMs);
  const after = zone.offsetAt(local + nearMs);
  const shown = [local - before, local - after].filter(
    (instant) => instant + zone.offsetAt(instant) === local,
  );
  return shown.length > 0 ? Math.min(...shown) : findChange(zone, local - nearMs, local + nearMs);
}

/** The first instant after `from` with another offset; there is one until `to`. */
export function findChange(zone: TimeZone, from: number, to: number): number {
  const offset = zone.offsetAt(from);
  let [before, after] = [from, to];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (zone.offsetAt(middle) === offset) before = middle;
    else after = middle;
  }
  return after;
}

// --- internal ---

/** More than any offset and any leap of a clock: some islands have skipped a whole day. */
const nearMs = 36 * 3_600_000;

function createFormat(name: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
}
