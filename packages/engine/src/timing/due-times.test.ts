import { describe, expect, it } from 'vitest';
import { dueTimes, maxMissedTimes } from './due-times.ts';
import type { ClockSchedule } from './due-times.ts';

const noon = '2026-01-05T12:00:00.000Z';

describe('a time that has just come', () => {
  it.each(['skip', 'latest', 'all'] as const)('is due, whatever is done with missed ones: %s', (missed) => {
    const schedule = hourly({ missed, next_at: noon });
    expect(dueTimes(schedule, later(59_999))).toEqual({ due: [noon], next: '2026-01-05T13:00:00.000Z' });
  });
});

describe('times that were missed', () => {
  const next_at = '2026-01-05T08:00:00.000Z';

  it('are none with skip', () => {
    expect(dueTimes(hourly({ missed: 'skip', next_at }), later(60_000))).toEqual({
      due: [],
      next: '2026-01-05T13:00:00.000Z',
    });
  });

  it('leave the one that has just come to skip', () => {
    expect(dueTimes(hourly({ missed: 'skip', next_at }), later(1_000)).due).toEqual([noon]);
  });

  it.each([1_000, 60_000])('are one with latest, after %i ms', (ms) => {
    expect(dueTimes(hourly({ missed: 'latest', next_at }), later(ms)).due).toEqual([noon]);
  });

  it('are each one with all, the oldest first', () => {
    const { due } = dueTimes(hourly({ missed: 'all', next_at }), later(60_000));
    expect(due.map((time) => time.slice(11, 16))).toEqual(['08:00', '09:00', '10:00', '11:00', '12:00']);
  });

  it('are the last hundred at most', () => {
    const everySecond = { timing: { cron: '* * * * * *', time_zone: 'UTC' }, missed: 'all' } as const;
    const { due } = dueTimes(hourly({ ...everySecond, next_at: '2020-01-01T00:00:00.000Z' }), later(0));
    expect(maxMissedTimes).toBe(100);
    expect(due).toHaveLength(100 + 60);
    expect([due[0], due[99], due.at(-1)]).toEqual([
      '2026-01-05T11:57:21.000Z',
      '2026-01-05T11:59:00.000Z',
      noon,
    ]);
  });
});

describe('a schedule for one time', () => {
  const once = hourly({ timing: { at: noon }, next_at: noon });

  it('ends with it', () => {
    expect(dueTimes(once, later(5))).toEqual({ due: [noon] });
  });

  it('is made up for or not, as it says', () => {
    expect(dueTimes({ ...once, missed: 'latest' }, later(3_600_000))).toEqual({ due: [noon] });
    expect(dueTimes({ ...once, missed: 'skip' }, later(3_600_000))).toEqual({ due: [] });
  });
});

// --- internal ---

function hourly(parts: Partial<ClockSchedule>): ClockSchedule {
  return {
    timing: { cron: '0 * * * *', time_zone: 'UTC' },
    missed: 'skip',
    ...parts,
  };
}

/** After noon. */
function later(ms: number): Date {
  return new Date(Date.parse(noon) + ms);
}
