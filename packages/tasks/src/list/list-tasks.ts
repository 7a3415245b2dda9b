/** One page of a user's tasks. */
import { all, first, sql } from '@oatty/types/sql';
import type { Sql, Work } from '@oatty/types/sql';
import { fromOwn } from '../rows/own-rows.ts';
import { taskColumns, toTask } from '../rows/task-rows.ts';
import type { TaskRow } from '../rows/task-rows.ts';
import type { Task } from '../task.ts';
import type { ZonedNow } from '../time/zoned-now.ts';
import { toConditions } from './conditions.ts';
import { digest, fromCursor, toCursor } from './cursor.ts';
import type { Filter } from './filter.ts';
import { sortKey } from './sort.ts';
import type { Sort } from './sort.ts';

export interface ListQuery {
  readonly filter: Filter;
  readonly sort: Sort;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface TaskPage {
  readonly tasks: readonly Task[];
  readonly total: number;
  readonly nextCursor: string | null;
}

/** @throws {OattyError} `ARGUMENT_INVALID` for a cursor of another list */
export function* listTasks(userId: string, at: ZonedNow, query: ListQuery): Work<TaskPage> {
  const { filter, sort, limit, cursor } = query;
  const list = digest(userId, filter, sort, at.zoneName);
  const conditions = toConditions(filter, at);
  const after = cursor === undefined ? sql`` : behind(sort, fromCursor(list, cursor));
  const rows = yield* all<TaskRow & { readonly sort_key: string }>(
    sql`SELECT ${taskColumns}, ${sortKey(sort)} AS sort_key ${fromOwn(userId, 'tasks')} ${conditions} ${after}
      ${inOrder(sort)} LIMIT ${limit + 1}`,
  );
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    tasks: page.map(toTask),
    total: yield* countTasks(userId, conditions),
    nextCursor:
      last === undefined ? null : toCursor(list, { now: at.now, key: last.sort_key, taskId: last.task_id }),
  };
}

function* countTasks(userId: string, conditions: Sql): Work<number> {
  const counted = yield* first<{ readonly count: number }>(
    sql`SELECT CAST(COUNT(*) AS INTEGER) AS count ${fromOwn(userId, 'tasks')} ${conditions}`,
  );
  return counted?.count ?? 0;
}

// --- internal ---

function behind(sort: Sort, { key, taskId }: { readonly key: string; readonly taskId: string }): Sql {
  return sort.order === 'asc'
    ? sql`AND (${sortKey(sort)}, task_id) > (${key}, ${taskId})`
    : sql`AND (${sortKey(sort)}, task_id) < (${key}, ${taskId})`;
}

function inOrder(sort: Sort): Sql {
  return sort.order === 'asc'
    ? sql`ORDER BY ${sortKey(sort)} ASC, task_id ASC`
    : sql`ORDER BY ${sortKey(sort)} DESC, task_id DESC`;
}
