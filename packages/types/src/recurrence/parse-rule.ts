/**
 * Rules of recurrence: RRULE of RFC 5545, for days and the times on them.
 *
 *   R1. FREQ is DAILY, WEEKLY, MONTHLY or YEARLY; INTERVAL, COUNT or UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYHOUR, BYMINUTE
 *       and WKST go with it. Other parts are refused by name, not passed over.
 *   R2. The nth weekday (`2TU`, `-1FR`) is one of a month: with FREQ=MONTHLY, or with BYMONTH.
 *   R3. UNTIL counts by its day.
 */
import { OattyError } from '../error.ts';

export interface Rule {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count?: number;
  /** `2026-12-31` */
  readonly until?: string;
  readonly weekdays: readonly Weekday[];
  readonly monthDays: readonly number[];
  readonly months: readonly number[];
  /** Of the day; empty: whatever the start says. */
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
  /** 0 is Sunday. */
  readonly weekStart: number;
}

type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';

interface Weekday {
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Of the month, from its end when negative; 0: each. */
  readonly nth: number;
}

/** @throws {OattyError} `ARGUMENT_INVALID` */
export function parseRule(text: string): Rule {
  const parts = toParts(text);
  const rule = {
    frequency: toFrequency(parts.get('FREQ')),
    interval: toNumber(parts.get('INTERVAL') ?? '1', 'INTERVAL', [1, 999]),
    ...(parts.has('COUNT') && { count: toNumber(parts.get('COUNT') ?? '', 'COUNT', [1, 9_999]) }),
    ...(parts.has('UNTIL') && { until: toDay(parts.get('UNTIL') ?? '') }),
    weekdays: toList(parts.get('BYDAY')).map(toWeekday),
    monthDays: toList(parts.get('BYMONTHDAY')).map((day) => toNumber(day, 'BYMONTHDAY', [-31, 31])),
    months: toList(parts.get('BYMONTH')).map((month) => toNumber(month, 'BYMONTH', [1, 12])),
    hours: toList(parts.get('BYHOUR')).map((hour) => toTimePart(hour, 'BYHOUR', 23)),
    minutes: toList(parts.get('BYMINUTE')).map((minute) => toTimePart(minute, 'BYMINUTE', 59)),
    weekStart: toWeekday(parts.get('WKST') ?? 'MO').weekday,
  };
  if (parts.has('COUNT') && parts.has('UNTIL')) throw invalid('COUNT and UNTIL do not go together.');
  const isOfMonth = rule.frequency === 'MONTHLY' || (rule.frequency === 'YEARLY' && rule.months.length > 0);
  if (rule.weekdays.some(({ nth }) => nth !== 0) && !isOfMonth) {
    throw invalid('The nth weekday is one of a month: use FREQ=MONTHLY, or name the months in BYMONTH.'); // R2
  }
  return rule;
}

// --- internal ---

const known = [
  'FREQ',
  'INTERVAL',
  'COUNT',
  'UNTIL',
  'BYDAY',
  'BYMONTHDAY',
  'BYMONTH',
  'BYHOUR',
  'BYMINUTE',
  'WKST',
];
const weekdayNames = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

function toParts(text: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  for (const part of text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .split(';')) {
    const [name = '', value = ''] = part.split('=', 2);
    if (!known.includes(name)) {
      throw invalid(`"${name}" is no part of a rule that is understood here: ${known.join(', ')} are.`);
    }
    if (value === '' || parts.has(name)) throw invalid(`${name} stands twice, or without a value.`);
    parts.set(name, value);
  }
  return parts;
}

function toFrequency(text: string | undefined): Frequency {
  if (text === 'DAILY' || text === 'WEEKLY' || text === 'MONTHLY' || text === 'YEARLY') return text;
  throw invalid('FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY.');
}

function toList(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split(',');
}

/** Not 0: there is no day or month 0. */
function toNumber(text: string, name: string, [least, most]: readonly [number, number]): number {
  const value = /^[+-]?\d{1,4}$/.test(text) ? Number(text) : 0;
  if (value !== 0 && value >= least && value <= most) return value;
  throw invalid(`${name} has a number from ${least} to ${most}, other than 0.`);
}

function toTimePart(text: string, name: string, most: number): number {
  if (/^\d{1,2}$/.test(text) && Number(text) <= most) return Number(text);
  throw invalid(`${name} has numbers from 0 to ${most}.`);
}

function toWeekday(text: string): Weekday {
  const [, nth, name = ''] = /^([+-]?[1-5])?([A-Z]{2})$/.exec(text) ?? [];
  const weekday = weekdayNames.indexOf(name);
  if (weekday < 0)
    throw invalid(`"${text}" is no weekday: use ${weekdayNames.join(', ')}, as MO or 2TU or -1FR.`);
  return { weekday, nth: nth === undefined ? 0 : Number(nth) };
}

/** R3 */
function toDay(text: string): string {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)(T\d{6}Z?)?$/.exec(text) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T00:00Z`);
  if (!Number.isNaN(time)) return new Date(time).toISOString().slice(0, 10);
  throw invalid('UNTIL is written as 20261231 or 20261231T235959Z.');
}

function invalid(message: string): OattyError {
  return new OattyError('ARGUMENT_INVALID', message, {
    suggestedAction: 'Write the rule as FREQ=WEEKLY;BYDAY=MO,TH or FREQ=MONTHLY;BYMONTHDAY=1.',
  });
}
