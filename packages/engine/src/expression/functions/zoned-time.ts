/** An instant as the clocks of a time zone show it. */
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

type ZoneFormat = Intl.DateTimeFormat | 'unknown';

const formats = new BoundedCache<ZoneFormat>(50);

/** What the zone's clock shows, as if it were UTC. */
function clockOfZone(instant: number, zone: string): number | undefined {
  const format = formats.getOrCreate(zone, createFormat);
  if (format === 'unknown') return undefined;
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const clock = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return clock + (((instant % 1_000) + 1_000) % 1_000);
}

function createFormat(zone: string): ZoneFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return 'unknown';
  }
}
