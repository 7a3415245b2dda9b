/** An instant as the clocks of a time zone show it. */
import { findTimeZone } from '@oatty/types';
import type { TimeZone } from '@oatty/types';
import { BoundedCache } from '../bounded-cache.ts';

export interface ZonedTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** Minutes ahead of UTC. */
  readonly offsetMinutes: number;
}

/**
 * @param zone - an IANA name such as `Europe/Berlin`, or `UTC`
 * @returns `undefined` for an unknown zone
 */
export function toZonedTime(instant: number, zone: string): ZonedTime | undefined {
  const clock = zone === 'UTC' ? instant : clockOfZone(instant, zone);
  if (clock === undefined) return undefined;
  const date = new Date(clock);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
    offsetMinutes: Math.round((clock - instant) / 60_000),
  };
}

// --- internal ---

const zones = new BoundedCache<TimeZone | 'unknown'>(50);

/** What the zone's clock shows, as if it were UTC. */
function clockOfZone(instant: number, name: string): number | undefined {
  const zone = zones.getOrCreate(name, () => findTimeZone(name) ?? 'unknown');
  return zone === 'unknown' ? undefined : instant + zone.offsetAt(instant);
}
