import { describe, expect, it } from 'vitest';
import { upcomingTimes } from './next-time.ts';
import { findFirstTime } from './recurring-times.ts';

describe('a rule of recurrence', () => {
  it.each([
    ['FREQ=DAILY', '2026-01-01T09:30:00', ['01-01T09:30', '01-02T09:30', '01-03T09:30']],
    ['FREQ=WEEKLY;BYDAY=MO,FR;BYHOUR=8', '2026-01-01T00:15:00', ['01-02T08:15', '01-05T08:15']],
    [
      'FREQ=DAILY;BYHOUR=17,9;BYMINUTE=0,30',
      '2026-01-01T09:10:20',
      ['01-01T09:30', '01-01T17:00', '01-01T17:30', '01-02T09:00'],
    ],
    ['FREQ=MONTHLY;BYDAY=-1FR', '2026-01-10T18:00:00', ['01-30T18:00', '02-27T18:00']],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', '2026-01-06T07:00:00', ['01-19T07:00', '02-02T07:00']],
    ['FREQ=MONTHLY;BYMONTHDAY=31', '2026-01-31T00:00:00', ['01-31T00:00', '03-31T00:00']],
    ['RRULE:freq=yearly', '2026-02-28T12:00:00', ['02-28T12:00', '02-28T12:00']],
  ])('%s from %s is due at %j', (rrule, from, times) => {
    expect(localTimes(rrule, 'UTC', from, times.length).map((time) => time.slice(5, 16))).toEqual(times);
  });

  it.each([
    ['FREQ=DAILY', '2026-01-02T09:37:00'],
    ['FREQ=DAILY;BYHOUR=9,11', '2026-01-01T11:00:00'],
    ['FREQ=WEEKLY;BYDAY=TH;BYHOUR=9', '2026-01-08T09:00:00'],
    ['FREQ=DAILY;BYHOUR=10;BYMINUTE=15', '2026-01-01T10:15:00'],
  ])('without a start begins after now: %s at %s', (rrule, first) => {
    const now = Date.parse('2026-01-01T08:37:12Z');
    expect(findFirstTime({ rrule, time_zone: 'Europe/Berlin' }, { now })).toBe(first);
  });

  it('ends after so many times, counted from the first one', () => {
    const rrule = 'FREQ=WEEKLY;BYDAY=MO;COUNT=3';
    expect(localTimes(rrule, 'UTC', '2026-01-01T09:00:00', 9).map((time) => time.slice(5, 10))).toEqual([
      '01-05',
      '01-12',
      '01-19',
    ]);
  });

  it('ends with the day that it names', () => {
    expect(localTimes('FREQ=DAILY;UNTIL=20260102', 'UTC', '2026-01-01T23:59:00', 9)).toHaveLength(2);
  });

  it('goes on where it is asked, not from the start', () => {
    const timing = { rrule: 'FREQ=WEEKLY;INTERVAL=3', start: '2001-01-01T09:00:00', time_zone: 'UTC' };
    expect(toTexts(upcomingTimes(timing, Date.parse('2026-01-01T00:00:00Z'), 1))).toEqual([
      '2026-01-05T09:00:00.000Z',
    ]);
  });

  it.each([
    ['FREQ=HOURLY', 'UTC'],
    ['FREQ=DAILY', 'Europe/Atlantis'],
    ['FREQ=DAILY;COUNT=4;BYHOUR=9,17', 'UTC'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'UTC'],
    ['FREQ=DAILY;UNTIL=20251231', 'UTC'],
  ])('that is never due or not understood is refused: %s in %s', (rrule, time_zone) => {
    expect(() => findFirstTime({ rrule, time_zone }, { start: '2026-01-01T09:00:00' })).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID' }),
    );
  });
});

describe('a time of a rule that the clocks skip', () => {
  it.each([
    ['Europe/Berlin', '2026-03-28T02:30:00', '2026-03-29T01:00'],
    ['America/New_York', '2026-03-07T02:30:00', '2026-03-08T07:00'],
    ['America/St_Johns', '2026-03-07T02:30:00', '2026-03-08T05:30'],
    ['America/Santiago', '2026-09-05T00:30:00', '2026-09-06T04:00'],
    ['Australia/Lord_Howe', '2026-10-03T02:15:00', '2026-10-03T15:30'],
    ['Pacific/Chatham', '2026-09-26T03:15:00', '2026-09-26T14:00'],
    ['Africa/Casablanca', '2026-03-21T02:30:00', '2026-03-22T02:00'],
    ['Africa/Cairo', '2026-04-23T00:10:00', '2026-04-23T22:00'],
    ['Pacific/Apia', '2011-12-29T12:00:00', '2011-12-30T10:00'],
  ])('in %s counts once, when they are put forward', (zone, start, skipped) => {
    const [, second = 0, third = 0] = upcomingTimes(daily(zone, start), 0, 3);
    expect(toTexts([second])).toEqual([`${skipped}:00.000Z`]);
    expect(third - second).toBeGreaterThan(12 * 3_600_000 - 1);
  });
});

describe('a time of a rule that the clocks show twice', () => {
  it.each([
    ['Europe/Berlin', '2026-10-24T02:30:00', '2026-10-25T00:30'],
    ['America/New_York', '2026-10-31T01:30:00', '2026-11-01T05:30'],
    ['America/St_Johns', '2026-10-31T01:30:00', '2026-11-01T04:00'],
    ['America/Santiago', '2026-04-03T23:30:00', '2026-04-05T02:30'],
    ['Australia/Lord_Howe', '2026-04-04T01:45:00', '2026-04-04T14:45'],
    ['Pacific/Chatham', '2026-04-04T03:00:00', '2026-04-04T13:15'],
    ['Africa/Casablanca', '2026-02-14T02:30:00', '2026-02-15T01:30'],
    ['Africa/Cairo', '2026-10-28T23:30:00', '2026-10-29T20:30'],
    ['Pacific/Apia', '2021-04-03T03:30:00', '2021-04-03T13:30'],
  ])('in %s counts once, the first time', (zone, start, shown) => {
    const [, second = 0, third = 0] = upcomingTimes(daily(zone, start), 0, 3);
    expect(toTexts([second])).toEqual([`${shown}:00.000Z`]);
    expect(third - second).toBeGreaterThan(24 * 3_600_000);
  });
});

// --- internal ---

function daily(time_zone: string, start: string) {
  return { rrule: 'FREQ=DAILY', start, time_zone };
}

function localTimes(rrule: string, time_zone: string, from: string, count: number): readonly string[] {
  const start = findFirstTime({ rrule, time_zone }, { start: from });
  return toTexts(upcomingTimes({ rrule, start, time_zone }, 0, count));
}

function toTexts(times: readonly number[]): readonly string[] {
  return times.map((time) => new Date(time).toISOString());
}
