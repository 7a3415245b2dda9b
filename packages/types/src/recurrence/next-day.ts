/**
 * The days of a rule of recurrence, on the calendar alone: no zone, no clock.
 *
 *   D1. The day at which the series begins is its first one, whether the rule says so or not.
 *   D2. What a rule leaves open comes from that day: the weekday of a week, the day of a month, the date of a year.
 *   D3. A day that a month does not have is left out.
 */
import type { Rule } from './parse-rule.ts';

/** @returns the first day of the series after this one; `undefined` when it has ended */
export function nextDayOf(rule: Rule, start: string, after: string): string | undefined {
  const first = toNumber(start);
  const later = Math.max(first, toNumber(after));
  let count = 1; // D1
  const from = rule.count === undefined ? later : first; // the others are only counted
  for (let day = from + 1; day <= later + maxDays; day += 1) {
    if (!isOf(rule, first, day)) continue;
    count += 1;
    const text = toText(day);
    if (count > (rule.count ?? Infinity) || text > (rule.until ?? '9999')) return undefined;
    if (text > after) return text;
  }
  return undefined;
}

/** Whether the rule itself has this day, at which the series begins or which comes later; COUNT is not asked. */
export function isDayOf(rule: Rule, start: string, day: string): boolean {
  return day <= (rule.until ?? '9999') && isOf(rule, toNumber(start), toNumber(day));
}

// --- internal ---

const dayMs = 86_400_000;
/** The longest way between two days of a rule that has any: INTERVAL goes up to 999 years, and few live that long. */
const maxDays = 100 * 366;

/** Days since 1970. */
function toNumber(day: string): number {
  return Date.parse(day) / dayMs;
}

function toText(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

function isOf(rule: Rule, first: number, day: number): boolean {
  const [start, date] = [new Date(first * dayMs), new Date(day * dayMs)];
  return periodsBetween(rule, first, day) % rule.interval === 0 && isDateOf(rule, start, date);
}

function periodsBetween({ frequency, weekStart }: Rule, first: number, day: number): number {
  const [start, date] = [new Date(first * dayMs), new Date(day * dayMs)];
  const years = date.getUTCFullYear() - start.getUTCFullYear();
  switch (frequency) {
    case 'DAILY':
      return day - first;
    case 'WEEKLY':
      return toWeek(day, weekStart) - toWeek(first, weekStart);
    case 'MONTHLY':
      return years * 12 + date.getUTCMonth() - start.getUTCMonth();
    case 'YEARLY':
      return years;
  }
}

/** 1 January 1970 was a Thursday (4). */
function toWeek(day: number, weekStart: number): number {
  return Math.floor((day + 4 - weekStart) / 7);
}

function isDateOf({ frequency, weekdays, monthDays, months }: Rule, start: Date, date: Date): boolean {
  const saysDay = weekdays.length > 0 || monthDays.length > 0;
  const month = date.getUTCMonth() + 1;
  if (months.length > 0 && !months.includes(month)) return false;
  if (monthDays.length > 0 && !monthDays.some((day) => isMonthDay(day, date))) return false;
  if (weekdays.length > 0 && !weekdays.some(({ weekday, nth }) => isWeekday(weekday, nth, date)))
    return false;
  // D2
  if (frequency === 'DAILY' || saysDay) return true;
  if (frequency === 'WEEKLY') return date.getUTCDay() === start.getUTCDay();
  if (date.getUTCDate() !== start.getUTCDate()) return false;
  return frequency === 'MONTHLY' || months.length > 0 || date.getUTCMonth() === start.getUTCMonth();
}

function isMonthDay(wanted: number, date: Date): boolean {
  const day = date.getUTCDate();
  return wanted > 0 ? day === wanted : day === daysOfMonth(date) + 1 + wanted;
}

function isWeekday(weekday: number, nth: number, date: Date): boolean {
  if (date.getUTCDay() !== weekday) return false;
  if (nth === 0) return true;
  const day = date.getUTCDate();
  return nth > 0 ? Math.ceil(day / 7) === nth : Math.ceil((daysOfMonth(date) - day + 1) / 7) === -nth;
}

function daysOfMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}
