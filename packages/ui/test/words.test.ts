import { describe, expect, it } from 'vitest';
import { toBuckets } from '../app/report/buckets.ts';
import { toFigures } from '../app/report/to-figures.ts';
import { whenText } from '../app/schedule/when-text.ts';
import { findStatusChoice } from '../app/task-table/status-choices.ts';
import { toCsv } from '../app/words/csv.ts';
import { createDates } from '../app/words/dates.ts';
import { recurrenceText } from '../app/words/recurrence.ts';

describe('dates', () => {
  it.each([
    ['Pacific/Kiritimati', '30 Mar 2026, 13:30', '2026-03-30'],
    ['Europe/Berlin', '30 Mar 2026, 01:30', '2026-03-30'],
    ['America/St_Johns', '29 Mar 2026, 21:00', '2026-03-29'],
    ['Pacific/Pago_Pago', '29 Mar 2026, 12:30', '2026-03-29'],
  ])('in %s show a moment by its clocks, and a day as it is', (timeZone, moment, day) => {
    const dates = createDates({ locale: 'en-GB', timeZone });
    expect(dates.due('2026-03-29T23:30:00.000Z')).toBe(moment);
    expect(dates.toDay('2026-03-29T23:30:00.000Z')).toBe(day);
    expect([dates.due('2026-03-29'), dates.toDay('2026-03-29')]).toEqual(['29 Mar 2026', '2026-03-29']);
  });

  it('take a language or zone that nobody knows for none', () => {
    const dates = createDates({ locale: '%%', timeZone: 'Mars/Olympus' });
    expect(dates.timeZone).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect(dates.moment('soon')).toBe('soon');
  });
});

describe('recurrence', () => {
  it.each([
    ['FREQ=DAILY', 'every day'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', 'every 2 weeks on Monday and Thursday'],
    ['FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0', 'every week on Monday at 09:00'],
    ['FREQ=MONTHLY;BYDAY=-1FR', 'FREQ=MONTHLY;BYDAY=-1FR'],
    ['FREQ=DAILY;COUNT=3', 'FREQ=DAILY;COUNT=3'],
    ['FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0', 'FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0'],
    ['nonsense', 'nonsense'],
  ])('%s is "%s": in words only when they say all of it', (rule, text) => {
    expect(recurrenceText(rule)).toBe(text);
  });
});

describe('schedules', () => {
  const dates = createDates({ locale: 'en-GB', timeZone: 'UTC' });

  it.each([
    [{ kind: 'at', value: '2026-12-24T18:00:00Z' }, '24 Dec 2026, 18:00'],
    [{ kind: 'cron', value: '0 9 * * 1', time_zone: 'Asia/Tokyo' }, '0 9 * * 1 (Asia/Tokyo)'],
    [{ kind: 'event', value: 'created', priority: [] }, 'Whenever a task is created'],
    [
      { kind: 'event', value: 'overdue', priority: ['high', 'low'] },
      'Whenever a high or low priority task becomes overdue',
    ],
  ] as const)('say when they start something: %j', (when, text) => {
    expect(whenText({ ...when, priority: 'priority' in when ? [...when.priority] : null }, dates)).toBe(text);
  });
});

describe('CSV', () => {
  it('quotes what must be, and lets no cell be a formula', () => {
    expect(
      toCsv([
        ['a,b', 'say "hi"', 'two\nlines'],
        ['=1+1', '-1', '@x', 'plain'],
      ]),
    ).toBe(`"a,b","say ""hi""","two\nlines"\r\n'=1+1,'-1,'@x,plain\r\n`);
  });
});

describe('filters', () => {
  it('are shown as the choice that stands for them, in any order of theirs', () => {
    expect(findStatusChoice({ status: ['in_progress', 'pending'] })?.key).toBe('open');
    expect(findStatusChoice({ overdue: true })?.key).toBe('overdue');
    expect(findStatusChoice({})?.key).toBe('any');
    expect(findStatusChoice({ status: ['pending', 'completed'] })).toBeUndefined();
    expect(findStatusChoice({ status: ['pending'], overdue: true })).toBeUndefined();
  });
});

describe('reports', () => {
  it('tell times in fitting units, and nothing where there is nothing', () => {
    const figures = toFigures([
      kpi('lead_time_p50', 0.5),
      kpi('lead_time_p90', 47.96),
      kpi('cycle_time_p50', 60),
      kpi('on_time_share', 0.846),
      kpi('overdue', 2),
    ]);
    const valueOf = (name: string) => figures.find((figure) => figure.name === name);
    expect(valueOf('Lead time')).toMatchObject({ value: '30 min', more: '90 %: 48 h' });
    expect(valueOf('Cycle time')).toMatchObject({ value: '2.5 days' });
    expect(valueOf('On time')).toMatchObject({ value: '85 %' });
    expect(valueOf('Overdue')).toMatchObject({ value: '2', isBad: true });
    expect(valueOf('Age')).toMatchObject({ value: '–' });
  });

  it('of long periods are drawn by week, with what was open at its end', () => {
    const days = Array.from({ length: 50 }, (_, index) => ({
      day: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
      created: 1,
      completed: 0,
      remaining: index + 1,
    }));
    const weeks = ['2025-12-29', '2026-01-05'].map((week) => ({ week, created: 7, completed: 0 }));
    const report = { days, weeks } as Parameters<typeof toBuckets>[0]; // all that is read of it
    expect(toBuckets(report, (day) => day)).toMatchObject({
      unit: 'week',
      buckets: [
        { label: '2025-12-29', remaining: 4 },
        { label: '2026-01-05', remaining: 50 },
      ],
    });
    expect(toBuckets({ ...report, days: days.slice(0, 45) }, (day) => day).unit).toBe('day');
  });
});

// --- internal ---

function kpi(name: string, value: number) {
  return { kpi: name, value, unit: 'hours' };
}
