/** Numbers → the report: what is worked out of what was counted. Pure. */
import { taskPriorities } from '../task.ts';
import type { Counts, DayCounts, Numbers } from './read-numbers.ts';
import { weekOf } from './period.ts';
import type { Period } from './period.ts';

interface Kpi {
  readonly kpi: string;
  readonly value: number | null;
  readonly unit: 'tasks' | 'share' | 'hours' | 'tasks per week';
}

export interface Report {
  readonly kpis: Kpi[];
  readonly by_priority: {
    priority: Counts['priority'];
    created: number;
    completed: number;
    open: number;
    overdue: number;
  }[];
  readonly by_status: { status: 'pending' | 'in_progress' | 'completed'; count: number }[];
  readonly weeks: { week: string; created: number; completed: number }[];
  readonly days: { day: string; created: number; completed: number; remaining: number }[];
}

export function toReport(numbers: Numbers, period: Period): Report {
  const sum = (name: Exclude<keyof Counts, 'priority'>) =>
    numbers.counts.reduce((total, counts) => total + counts[name], 0);
  const onTime =
    sum('completed_before_instant') + numbers.completedByDay.reduce((total, { by_day }) => total + by_day, 0);
  const days = toDays(numbers, period, sum('open_before'));
  const weeks = period.days.length / 7;
  const kpis: Kpi[] = [
    { kpi: 'created', value: sum('created'), unit: 'tasks' },
    { kpi: 'completed', value: sum('completed'), unit: 'tasks' },
    { kpi: 'on_time_share', value: toShare(onTime, sum('completed_due')), unit: 'share' },
    { kpi: 'throughput_per_week', value: round(sum('completed') / weeks), unit: 'tasks per week' },
    { kpi: 'lead_time_p50', value: toHours(numbers.leadMs.p50), unit: 'hours' },
    { kpi: 'lead_time_p90', value: toHours(numbers.leadMs.p90), unit: 'hours' },
    { kpi: 'cycle_time_p50', value: toHours(numbers.cycleMs.p50), unit: 'hours' },
    { kpi: 'cycle_time_p90', value: toHours(numbers.cycleMs.p90), unit: 'hours' },
    { kpi: 'open', value: sum('open'), unit: 'tasks' },
    { kpi: 'work_in_progress', value: sum('in_progress'), unit: 'tasks' },
    { kpi: 'overdue', value: sum('overdue'), unit: 'tasks' },
    { kpi: 'age_p50', value: toHours(numbers.ageMs.p50), unit: 'hours' },
    { kpi: 'age_p90', value: toHours(numbers.ageMs.p90), unit: 'hours' },
  ];
  return {
    kpis,
    by_priority: taskPriorities.map((priority) => toPriorityRow(priority, numbers.counts)),
    by_status: [
      { status: 'pending', count: sum('open') - sum('in_progress') },
      { status: 'in_progress', count: sum('in_progress') },
      { status: 'completed', count: sum('completed_until') },
    ],
    weeks: toWeeks(days),
    days,
  };
}

/** One line per number, as RFC 4180 has it; no field needs quotes. */
export function toCsv({ kpis, by_priority, by_status, weeks, days }: Report): string {
  const lines = [
    ['section', 'key', 'measure', 'value'],
    ...kpis.map(({ kpi, value, unit }) => ['kpis', kpi, unit, value]),
    ...by_priority.flatMap(({ priority, ...measures }) => toLines('by_priority', priority, measures)),
    ...by_status.map(({ status, count }) => ['by_status', status, 'count', count]),
    ...weeks.flatMap(({ week, ...measures }) => toLines('weeks', week, measures)),
    ...days.flatMap(({ day, ...measures }) => toLines('days', day, measures)),
  ];
  return lines.map((line) => `${line.map((value) => value ?? '').join(',')}\r\n`).join('');
}

// --- internal ---

/** The remaining ones are those open at the end of the day; days to come have none yet. */
function toDays(
  { createdByDay, completedByDay }: Numbers,
  period: Period,
  openBefore: number,
): Report['days'] {
  const [created, completed] = [byDay(createdByDay), byDay(completedByDay)];
  let remaining = openBefore;
  return period.days
    .filter(({ start }) => start <= period.judgedAt)
    .map(({ day }) => {
      const counts = { created: created.get(day) ?? 0, completed: completed.get(day) ?? 0 };
      remaining += counts.created - counts.completed;
      return { day, ...counts, remaining };
    });
}

function byDay(counts: readonly DayCounts[]): ReadonlyMap<string, number> {
  return new Map(counts.map(({ day, count }) => [day, count]));
}

function toWeeks(days: Report['days']): Report['weeks'] {
  const weeks = new Map<string, { week: string; created: number; completed: number }>();
  for (const { day, created, completed } of days) {
    const week = weekOf(day);
    const sums = weeks.get(week) ?? { week, created: 0, completed: 0 };
    weeks.set(week, { week, created: sums.created + created, completed: sums.completed + completed });
  }
  return [...weeks.values()];
}

function toPriorityRow(
  priority: Counts['priority'],
  counts: readonly Counts[],
): Report['by_priority'][number] {
  const found = counts.find((row) => row.priority === priority);
  const { created = 0, completed = 0, open = 0, overdue = 0 } = found ?? {};
  return { priority, created, completed, open, overdue };
}

function toLines(section: string, key: string, measures: Readonly<Record<string, number>>) {
  return Object.entries(measures).map(([measure, value]) => [section, key, measure, value]);
}

function toShare(part: number, whole: number): number | null {
  return whole === 0 ? null : round(part / whole);
}

function toHours(ms: number | null): number | null {
  return ms === null ? null : round(ms / 3_600_000);
}

/** To four places. */
function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
