/**
 * Dates as texts: ISO 8601 and RFC 3339.
 *
 *   D1. A date alone is its midnight in UTC; a time without a zone is in UTC. Nothing depends on where oatty runs.
 *   D2. Days that do not exist (30 February) are refused.
 */
const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/;
const timePattern = /^(\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/;

/** @returns milliseconds since 1970, or `undefined` for what is no date */
export function parseInstant(text: string): number | undefined {
  const date = datePattern.exec(text.slice(0, 10));
  if (date === null) return undefined;
  const [, year, month, day] = date.map(Number);
  const midnight = Date.UTC(year ?? 0, (month ?? 0) - 1, day);
  if (new Date(midnight).toISOString().slice(0, 10) !== text.slice(0, 10)) return undefined;
  if (text.length === 10) return midnight;
  const offset = /^[Tt ]/.test(text.slice(10)) ? millisecondsOfDay(text.slice(11).toUpperCase()) : undefined;
  return offset === undefined ? undefined : midnight + offset;
}

// --- internal ---

/** `10:30:15.5+02:00` → milliseconds after midnight in UTC, which may be negative or beyond the day. */
function millisecondsOfDay(text: string): number | undefined {
  const match = timePattern.exec(text);
  if (match === null) return undefined;
  const [, hours, minutes, seconds = '0', fraction = '0', zone = 'Z'] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const zoneMinutes = minutesOfZone(zone);
  if (zoneMinutes === undefined) return undefined;
  const wholeSeconds = Number(hours) * 3_600 + (Number(minutes) - zoneMinutes) * 60 + Number(seconds);
  return wholeSeconds * 1_000 + Math.floor(Number(fraction) * 1_000);
}

function minutesOfZone(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
