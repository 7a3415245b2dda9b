import { describe, expect, it } from 'vitest';
import { compileTiming } from './next-time.ts';

describe('a cron expression', () => {
  it.each([
    ['30 9 * * *', ['2026-01-01T09:30', '2026-01-02T09:30']],
    ['*/20 * * * *', ['2026-01-01T00:20', '2026-01-01T00:40', '2026-01-01T01:00']],
    ['5-10/5,50 6 * * *', ['2026-01-01T06:05', '2026-01-01T06:10', '2026-01-01T06:50', '2026-01-02T06:05']],
    ['0 0 29 2 *', ['2028-02-29T00:00', '2032-02-29T00:00']],
    ['0 12 * * MON-FRI', ['2026-01-01T12:00', '2026-01-02T12:00', '2026-01-05T12:00']],
    ['0 12 * * 7', ['2026-01-04T12:00', '2026-01-11T12:00']],
    ['0 12 * feb,mar 0', ['2026-02-01T12:00', '2026-02-08T12:00']],
    ['0 0 31 * *', ['2026-01-31T00:00', '2026-03-31T00:00']],
    ['10/25 0 1 * *', ['2026-01-01T00:10', '2026-01-01T00:35', '2026-02-01T00:10']],
    ['@monthly', ['2026-02-01T00:00', '2026-03-01T00:00']],
  ])('%s is due at %j', (cron, times) => {
    const due = timesOf(cron, 'UTC', '2026-01-01T00:00:00Z', times.length);
    expect(due).toEqual(times.map((time) => `${time}:00.000Z`));
  });

  it('of six fields begins with the seconds', () => {
    expect(timesOf('15,45 0 8 * * *', 'UTC', '2026-01-01T08:00:20Z', 2)).toEqual([
      '2026-01-01T08:00:45.000Z',
      '2026-01-02T08:00:15.000Z',
    ]);
  });

  it('with two restricted days takes either, as crontab does', () => {
    const due = timesOf('0 0 13 * FRI', 'UTC', '2026-01-01T00:00:00Z', 4);
    expect(due.map((time) => time.slice(5, 10))).toEqual(['01-02', '01-09', '01-13', '01-16']);
    expect(
      timesOf('0 0 */2 * FRI', 'UTC', '2026-01-01T00:00:00Z', 2).map((time) => time.slice(5, 10)),
    ).toEqual(['01-09', '01-23']);
  });

  it.each([
    '',
    '* * * *',
    '* * * * * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * 32 * *',
    '* * * 13 *',
    '* * * * 8',
    '5-1 * * * *',
    '*/0 * * * *',
    '-1 * * * *',
    '1,,2 * * * *',
    'L * * * *',
    '* * * * MON#2',
    '? * * * *',
    '1.5 * * * *',
    '* * * * FOO',
    '@never',
    '0 0 30 2 *',
    '0 0 31 4,6,9,11 *',
  ])('is refused: %j', (cron) => {
    expect(() => compileTiming({ cron, time_zone: 'UTC' })).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID', message: expect.stringContaining(`"${cron}"`) }),
    );
  });

  it('needs a time zone that there is', () => {
    expect(() => compileTiming({ cron: '* * * * *', time_zone: 'Europe/Atlantis' })).toThrow(
      expect.objectContaining({
        code: 'ARGUMENT_INVALID',
        message: 'There is no time zone "Europe/Atlantis".',
      }),
    );
  });
});

describe('a time that the clocks skip', () => {
  it.each([
    ['Europe/Berlin', '30 2 * * *', '2026-03-29', '01:00'],
    ['America/New_York', '30 2 * * *', '2026-03-08', '07:00'],
    ['Australia/Sydney', '30 2 * * *', '2026-10-03', '16:00'],
    ['Australia/Lord_Howe', '15 2 * * *', '2026-10-03', '15:30'],
    ['America/Santiago', '30 0 * * *', '2026-09-06', '04:00'],
    ['Africa/Cairo', '10 0 * * *', '2026-04-23', '22:00'],
    ['Asia/Beirut', '0 0 * * *', '2026-03-28', '22:00'],
    ['America/Havana', '30 0 * * *', '2026-03-08', '05:00'],
    ['Asia/Tehran', '30 0 * * *', '2022-03-21', '20:30'],
    ['America/St_Johns', '1 2 * * *', '2026-03-08', '05:30'],
    ['Pacific/Apia', '0 12 30 12 *', '2011-12-30', '10:00'],
  ])('in %s counts when they are put forward: %s', (zone, cron, day, time) => {
    const from = new Date(Date.parse(`${day}T${time}:00Z`) - 3_600_000).toISOString();
    const [first, second] = timesOf(cron, zone, from, 2);
    expect(first).toBe(`${day}T${time}:00.000Z`);
    expect(Date.parse(second ?? '') - Date.parse(first ?? '')).toBeGreaterThan(20 * 3_600_000);
  });

  it('counts once, however many there are', () => {
    expect(timesOf('*/15 2,3 * * *', 'Europe/Berlin', '2026-03-29T00:00:00Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T01:15:00.000Z',
    ]);
  });
});

describe('a time that the clocks show twice', () => {
  it.each([
    ['Europe/Berlin', '30 2 * * *', '2026-10-25T00:30'],
    ['America/New_York', '30 1 * * *', '2026-11-01T05:30'],
    ['Australia/Sydney', '30 2 * * *', '2026-04-04T15:30'],
    ['Australia/Lord_Howe', '45 1 * * *', '2026-04-04T14:45'],
    ['America/Santiago', '30 23 * * *', '2026-04-05T02:30'],
    ['Africa/Cairo', '30 23 * * *', '2026-10-29T20:30'],
    ['Asia/Beirut', '30 23 * * *', '2026-10-24T20:30'],
    ['America/Havana', '30 0 * * *', '2026-11-01T04:30'],
    ['America/St_Johns', '30 1 * * *', '2026-11-01T04:00'],
  ])('in %s counts the first time: %s', (zone, cron, instant) => {
    const from = new Date(Date.parse(`${instant}:00Z`) - 3_600_000).toISOString();
    const [first, second] = timesOf(cron, zone, from, 2);
    expect(first).toBe(`${instant}:00.000Z`);
    expect(Date.parse(second ?? '') - Date.parse(first ?? '')).toBeGreaterThan(23 * 3_600_000);
  });

  it('is over for a schedule that is added in between', () => {
    expect(timesOf('30 2 * * *', 'Europe/Berlin', '2026-10-25T00:45:00Z', 1)).toEqual([
      '2026-10-26T01:30:00.000Z',
    ]);
  });
});

describe('a schedule for every hour', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29T00:00:00Z'],
    ['Europe/Berlin', '2026-10-25T00:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T15:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T14:00:00Z'],
    ['America/Santiago', '2026-04-05T02:00:00Z'],
  ])('goes by the time that passes: %s, %s', (zone, from) => {
    const start = Date.parse(from);
    const quarters = Array.from({ length: 12 }, (_, index) => start + (index + 1) * 900_000);
    expect(timesOf('*/15 * * * *', zone, from, 12)).toEqual(
      quarters.map((time) => new Date(time).toISOString()),
    );
  });

  it('makes up for nothing in an hour that is skipped', () => {
    expect(timesOf('30 * * * *', 'Europe/Berlin', '2026-03-29T00:30:00Z', 2)).toEqual([
      '2026-03-29T01:30:00.000Z',
      '2026-03-29T02:30:00.000Z',
    ]);
  });
});

describe('a schedule for one time', () => {
  it('is due then, and never again', () => {
    const next = compileTiming({ at: '2026-03-01T09:00:00.000Z' });
    expect(next(Date.parse('2026-01-01T00:00:00Z'))).toBe(Date.parse('2026-03-01T09:00:00Z'));
    expect(next(Date.parse('2026-03-01T09:00:00Z'))).toBeUndefined();
  });
});

// --- internal ---

function timesOf(cron: string, time_zone: string, from: string, count: number): readonly string[] {
  const next = compileTiming({ cron, time_zone });
  const times: string[] = [];
  for (let time = next(Date.parse(from)); time !== undefined && times.length < count; time = next(time)) {
    times.push(new Date(time).toISOString());
  }
  return times;
}
