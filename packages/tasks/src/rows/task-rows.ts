/** Tasks as rows. */
import { all, first, sql } from '@oatty/types/sql';
import type { Row, Sql, SqlValue, Work } from '@oatty/types/sql';
import { isWholeDay } from '../task.ts';
import type { Series, Task } from '../task.ts';
import { deleteOwn, fromOwn, insertOwn, updateOwn } from './own-rows.ts';

export function* findTask(userId: string, taskId: string): Work<Task | undefined> {
  const row = yield* first<TaskRow>(
    sql`SELECT ${taskColumns} ${fromOwn(userId, 'tasks')} AND task_id = ${taskId}`,
  );
  return row && toTask(row);
}

/** @param rest - conditions, order and limit */
export function* selectTasks(userId: string, rest: Sql): Work<readonly Task[]> {
  const rows = yield* all<TaskRow>(sql`SELECT ${taskColumns} ${fromOwn(userId, 'tasks')} ${rest}`);
  return rows.map(toTask);
}

/** The first due time and the first due day of open tasks that are not overdue yet. */
export function* readNextDue(
  userId: string,
  { now, today }: { readonly now: string; readonly today: string },
): Work<{ readonly due_at: string | null; readonly due_day: string | null }> {
  const found = yield* first<{ readonly due_at: string | null; readonly due_day: string | null }>(
    sql`SELECT MIN(CASE WHEN due_at >= ${now} THEN due_at END) AS due_at,
      MIN(CASE WHEN due_day >= ${today} THEN due_day END) AS due_day
      ${fromOwn(userId, 'tasks')} AND status <> 'completed'`,
  );
  return found ?? { due_at: null, due_day: null };
}

export function* insertTask(userId: string, task: Task): Work<void> {
  yield insertOwn(userId, 'tasks', {
    task_id: task.task_id,
    created_at: task.created_at,
    ...toColumns(task),
  });
}

export function* updateTask(userId: string, task: Task): Work<void> {
  yield updateOwn(userId, 'tasks', toColumns(task), sql`task_id = ${task.task_id}`);
}

export function* deleteTask(userId: string, taskId: string): Work<void> {
  yield deleteOwn(userId, 'tasks', sql`task_id = ${taskId}`);
}

/** What a statement selects; the schema is ours, so it is believed. */
export interface TaskRow extends Row, Omit<Task, 'due' | 'series'> {
  readonly due_at: string | null;
  readonly due_day: string | null;
  readonly series: string | null;
}

export const taskColumns: Sql = sql`task_id, title, description, status, priority, due_at, due_day, recurrence, series, created_at,
  updated_at, started_at, completed_at`;

/** Letters of any script, without regard to case. */
export function foldCase(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

export function toTask(row: TaskRow): Task {
  const { task_id, title, description, status, priority, created_at, updated_at } = row;
  return {
    task_id,
    title,
    description,
    status,
    priority,
    due: row.due_at ?? row.due_day,
    recurrence: row.recurrence,
    series: row.series === null ? null : (JSON.parse(row.series) as Series), // written by `toColumns`
    created_at,
    updated_at,
    started_at: row.started_at,
    completed_at: row.completed_at,
  };
}

// --- internal ---

/** What a change may change. */
function toColumns(task: Task): Readonly<Record<string, SqlValue>> {
  const { title, description, status, priority, due, recurrence, series } = task;
  const { updated_at, started_at, completed_at } = task;
  const isDay = due !== null && isWholeDay(due);
  return {
    title,
    description,
    status,
    priority,
    due_at: isDay ? null : due,
    due_day: isDay ? due : null,
    recurrence,
    series: series === null ? null : JSON.stringify(series),
    updated_at,
    started_at,
    completed_at,
    lead_ms: msBetween(task.created_at, completed_at),
    cycle_ms: msBetween(started_at, completed_at),
    title_folded: foldCase(title),
    search_text: foldCase(`${title}\n${description ?? ''}`),
  };
}

/** For the percentiles of reports: databases subtract times each in its own way. */
function msBetween(start: string | null, end: string | null): number | null {
  return start === null || end === null ? null : Date.parse(end) - Date.parse(start);
}
