/**
 * What the charts draw: a column for each day, or for each week of a longer period. Pure.
 *
 *   B1. A week has what was open at the end of its last day.
 */
import type { Report } from '../documents/report.ts';

export interface Bucket {
  readonly label: string;
  readonly created: number;
  readonly completed: number;
  readonly remaining: number;
}

export interface Buckets {
  readonly unit: 'day' | 'week';
  readonly buckets: readonly Bucket[];
}

export function toBuckets({ days, weeks }: Report, dayText: (day: string) => string): Buckets {
  if (days.length <= daysAtMost) {
    return { unit: 'day', buckets: days.map(({ day, ...numbers }) => ({ label: dayText(day), ...numbers })) };
  }
  const ends = weeks.map(({ week }, index) => {
    const next = weeks[index + 1]?.week ?? '9';
    return days.findLast(({ day }) => day >= week && day < next)?.remaining ?? 0; // B1
  });
  const buckets = weeks.map(({ week, created, completed }, index) => ({
    label: dayText(week),
    created,
    completed,
    remaining: ends[index] ?? 0,
  }));
  return { unit: 'week', buckets };
}

// --- internal ---

const daysAtMost = 45;
