import { describe, expect, it } from 'vitest';
import { nextDayOf } from './next-day.ts';
import { parseRule } from './parse-rule.ts';

/** The first days of a series after its start. */
function daysOf(rule: string, start: string, count = 5): readonly string[] {
  const days: string[] = [];
  let day: string | undefined = start;
  while (days.length < count) {
    day = nextDayOf(parseRule(rule), start, day);
    if (day === undefined) break;
    days.push(day);
  }
  return days;
}

describe('the days of a recurrence', () => {
  // Those with a section sign are examples of RFC 5545 §3.8.5.3.
  it.each([
    ['FREQ=DAILY;INTERVAL=10;COUNT=5', '1997-09-02', '09-12 09-22 10-02 10-12'], // §
    ['FREQ=DAILY;UNTIL=19970905T000000Z', '1997-09-02', '09-03 09-04 09-05'],
    ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', '1997-09-04', '09-05 09-08 09-09 09-10 09-11'],
    ['FREQ=WEEKLY', '1997-12-23', '12-30 01-06 01-13 01-20 01-27'],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,WE,FR', '1997-09-01', '09-03 09-05 09-15 09-17 09-19'], // §
    ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO', '1997-08-05', '08-10 08-19 08-24'], // §
    ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU', '1997-08-05', '08-17 08-19 08-31'], // §
    ['FREQ=MONTHLY;COUNT=4;BYDAY=1FR', '1997-09-05', '10-03 11-07 12-05'], // §
    ['FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU,-1SU', '1997-09-07', '09-28 11-02 11-30 01-04 01-25'], // §
    ['FREQ=MONTHLY;COUNT=5;BYDAY=-2MO', '1997-09-22', '10-20 11-17 12-22 01-19'], // §
    ['FREQ=MONTHLY;BYMONTHDAY=-3', '1997-09-28', '10-29 11-28 12-29 01-29 02-26'], // §
    ['FREQ=MONTHLY', '1998-01-31', '03-31 05-31 07-31 08-31 10-31'],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', '1998-02-13', '03-13 11-13 08-13 10-13 04-13'], // §
    ['FREQ=YEARLY;COUNT=4;BYMONTH=6,7', '1997-06-10', '07-10 06-10 07-10'], // §
    ['FREQ=YEARLY', '2024-02-29', '02-29 02-29 02-29 02-29 02-29'],
    ['FREQ=YEARLY;BYMONTH=11;BYDAY=4TH', '2026-11-26', '11-25 11-23 11-22 11-28 11-27'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', '2026-01-01', ''],
    ['freq=daily;count=1', '2026-01-01', ''],
  ])('of %s from %s', (rule, start, days) => {
    expect(daysOf(`RRULE:${rule}`, start).map((day) => day.slice(5))).toEqual(
      days.split(' ').filter(Boolean),
    );
  });

  it('come after the day that is asked for', () => {
    expect(nextDayOf(parseRule('FREQ=DAILY;INTERVAL=3'), '2026-01-01', '2026-01-11')).toBe('2026-01-13');
    expect(nextDayOf(parseRule('FREQ=DAILY;INTERVAL=3'), '2026-01-01', '2025-01-11')).toBe('2026-01-04');
    expect(nextDayOf(parseRule('FREQ=DAILY;INTERVAL=3;COUNT=4'), '2026-01-01', '2026-01-11')).toBeUndefined();
  });
});

describe('a rule of recurrence', () => {
  it.each([
    '',
    'every day',
    'FREQ=HOURLY',
    'INTERVAL=2',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;COUNT=-1',
    'FREQ=DAILY;COUNT=2;UNTIL=20261231',
    'FREQ=DAILY;UNTIL=2026-12-31',
    'FREQ=DAILY;FREQ=WEEKLY',
    'FREQ=WEEKLY;BYDAY=XX',
    'FREQ=WEEKLY;BYDAY=2TU',
    'FREQ=MONTHLY;BYDAY=9TU',
    'FREQ=MONTHLY;BYMONTHDAY=32',
    'FREQ=MONTHLY;BYSETPOS=1;BYDAY=MO',
    'FREQ=YEARLY;BYMONTH=13',
    'FREQ=DAILY;BYHOUR=24',
    'FREQ=DAILY;BYHOUR=9;BYMINUTE=-1',
  ])('is refused when it is not understood: %s', (rule) => {
    expect(() => parseRule(rule)).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }));
  });
});
