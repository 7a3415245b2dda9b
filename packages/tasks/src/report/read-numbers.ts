/** What a report asks the database. What each number means stands in `specs/TASKS.md`. */
import { all, first, join, Sql, sql } from '@oatty/types/sql';
import type { Work } from '@oatty/types/sql';
import { fromOwn } from '../rows/own-rows.ts';
import type { TaskPriority } from '../task.ts';
import type { Period } from './period.ts';

/** Of the tasks of one priority. */
export interface Counts {
  readonly priority: TaskPriority;
  readonly created: number;
  readonly completed: number;
  /** Of those completed, the ones that had a due time; of these, the ones completed before an instant that was due. */
  readonly completed_due: number;
  readonly completed_before_instant: number;
  readonly completed_started: number;
  readonly open_before: number;
  readonly open: number;
  readonly overdue: number;
  readonly in_progress: number;
  readonly completed_until: number;
}

export interface DayCounts {
  readonly day: string;
  readonly count: number;
  /** Of those completed, the ones due on that day or a later one. */
  readonly by_day: number;
}

export interface Numbers {
  readonly counts: readonly Counts[];
  readonly createdByDay: readonly DayCounts[];
  readonly completedByDay: readonly DayCounts[];
  readonly leadMs: Percentiles;
  readonly cycleMs: Percentiles;
  readonly ageMs: Percentiles;
}

/** By the nearest rank; `null` of nothing. */
interface Percentiles {
  readonly p50: number | null;
  readonly p90: number | null;
}

export function* readNumbers(userId: string, period: Period): Work<Numbers> {
  const counts = yield* all<Counts>(
    sql`SELECT priority, ${countAll(period)} ${fromOwn(userId, 'tasks')} GROUP BY priority`,
  );
  const sum = (name: 'completed' | 'completed_started' | 'open') =>
    counts.reduce((total, row) => total + row[name], 0);
  const completed = isWithin(sql`completed_at`, period);
  const lead = sql`lead_ms ${fromOwn(userId, 'tasks')} AND ${completed} ORDER BY lead_ms`;
  const cycle = sql`cycle_ms ${fromOwn(userId, 'tasks')} AND ${completed} AND cycle_ms IS NOT NULL ORDER BY cycle_ms`;
  const birth = sql`created_at ${fromOwn(userId, 'tasks')} AND ${isOpenAt(period.judgedAt)} ORDER BY created_at DESC`;
  const toAge = (created: string | number) => Date.parse(period.judgedAt) - Date.parse(`${created}`);
  return {
    counts,
    createdByDay: yield* readDays(userId, period, sql`created_at`),
    completedByDay: yield* readDays(userId, period, sql`completed_at`),
    leadMs: yield* readPercentiles(lead, sum('completed'), Number),
    cycleMs: yield* readPercentiles(cycle, sum('completed_started'), Number),
    ageMs: yield* readPercentiles(birth, sum('open'), toAge),
  };
}

// --- internal ---

function countAll(period: Period): Sql {
  const completed = isWithin(sql`completed_at`, period);
  const open = isOpenAt(period.judgedAt);
  const columns: Readonly<Record<Exclude<keyof Counts, 'priority'>, Sql>> = {
    created: isWithin(sql`created_at`, period),
    completed,
    completed_due: sql`${completed} AND (due_at IS NOT NULL OR due_day IS NOT NULL)`,
    completed_before_instant: sql`${completed} AND completed_at <= due_at`,
    completed_started: sql`${completed} AND cycle_ms IS NOT NULL`,
    open_before: isOpenAt(period.start),
    open,
    overdue: sql`${open} AND (due_at < ${period.judgedAt} OR due_day < ${period.judgedDay})`,
    in_progress: sql`${open} AND started_at < ${period.judgedAt}`,
    completed_until: sql`completed_at < ${period.judgedAt}`,
  };
  return join(
    Object.entries(columns).map(
      ([name, condition]) =>
        sql`CAST(SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END) AS INTEGER) AS ${toName(name)}`,
    ),
    ', ',
  );
}

function toName(name: string): Sql {
  return new Sql([name], []);
}

function isWithin(column: Sql, { start, end }: Period): Sql {
  return sql`(${column} >= ${start} AND ${column} < ${end})`;
}

function isOpenAt(instant: string): Sql {
  return sql`(created_at < ${instant} AND (completed_at IS NULL OR completed_at >= ${instant}))`;
}

/** How many there were on each day; days without any are left out. */
function* readDays(userId: string, period: Period, column: Sql): Work<readonly DayCounts[]> {
  const days = period.days.map(({ day, start, end }) => sql`(${day}, ${start}, ${end})`);
  return yield* all<DayCounts>(
    sql`WITH days (day, day_start, day_end) AS (VALUES ${join(days, ', ')})
      SELECT days.day AS day, CAST(COUNT(*) AS INTEGER) AS count,
        CAST(SUM(CASE WHEN due_day >= days.day THEN 1 ELSE 0 END) AS INTEGER) AS by_day
      FROM days JOIN (SELECT ${column} AS at, due_day ${fromOwn(userId, 'tasks')} AND ${isWithin(column, period)}) found
        ON found.at >= days.day_start AND found.at < days.day_end
      GROUP BY days.day ORDER BY days.day`,
  );
}

/** @param ordered - one column, its table and its order */
function* readPercentiles(
  ordered: Sql,
  count: number,
  toMs: (value: string | number) => number,
): Work<Percentiles> {
  const read = function* (share: number): Work<number | null> {
    if (count === 0) return null;
    const offset = Math.ceil(share * count) - 1;
    const row = yield* first<Readonly<Record<string, string | number>>>(
      sql`SELECT ${ordered} LIMIT 1 OFFSET ${offset}`,
    );
    const [value] = Object.values(row ?? {});
    return value === undefined ? null : toMs(value);
  };
  return { p50: yield* read(0.5), p90: yield* read(0.9) };
}
