import type { Page, RunQuery } from '@oatty/engine';
import type { RunSummary } from '@oatty/types';
import { all, first, join, sql } from '@oatty/types/sql';
import type { Sql, Work } from '@oatty/types/sql';
import { fromCursor, toCursor } from './run-cursor.ts';
import { toSummary } from './run-row.ts';
import type { SummaryRow } from './run-row.ts';

/** Newest first. @throws {OattyError} `ARGUMENT_INVALID` for a cursor that is not one */
export function* listRuns(query: RunQuery): Work<Page<RunSummary>> {
  const { limit } = query;
  const rows = yield* all<SummaryRow>(listing(query));
  const items = rows.slice(0, limit).map(toSummary);
  const last = items.at(-1);
  if (last === undefined || rows.length <= limit) return { items };
  return { items, next_cursor: toCursor(last) };
}

export function* countRuns(query: Selection): Work<number> {
  // `count` of PostgreSQL is a text.
  const row = yield* first<{ readonly found: number | string }>(
    sql`SELECT count(*) AS found FROM runs WHERE ${join(conditions(query), ' AND ')}`,
  );
  return Number(row?.found ?? 0);
}

// --- internal ---

type Selection = Omit<RunQuery, 'limit'>;

/** One row more than the page takes tells whether there is another page. */
function listing(query: RunQuery): Sql {
  return sql`SELECT run_id, workflow_id, status, resumed_from, queue, created_at, started_at, finished_at, due_at FROM runs
    WHERE ${join(conditions(query), ' AND ')} ORDER BY created_at DESC, run_id DESC LIMIT ${query.limit + 1}`;
}

function conditions(query: Selection): readonly Sql[] {
  const {
    status,
    workflow_id,
    principal,
    queue,
    with_ttl,
    ended_before,
    beyond_newest = 0,
    include_children,
    cursor,
  } = query;
  const after = cursor === undefined ? undefined : fromCursor(cursor);
  return [
    include_children === true ? sql`1 = 1` : sql`parent_run_id IS NULL`,
    ...(status === undefined ? [] : [sql`status = ${status}`]),
    ...(workflow_id === undefined ? [] : [sql`workflow_id = ${workflow_id}`]),
    ...(principal === undefined ? [] : [sql`principal = ${principal}`]),
    ...(queue === undefined ? [] : [sql`queue = ${queue}`]),
    ...(with_ttl === undefined ? [] : [with_ttl ? sql`has_ttl = 1` : sql`has_ttl = 0`]),
    // A run is made before it ends; that part is what an index answers.
    ...(ended_before === undefined
      ? []
      : [sql`finished_at < ${ended_before} AND created_at < ${ended_before}`]),
    ...(beyond_newest === 0 ? [] : [sql`(created_at, run_id) < ${lastOfNewest(beyond_newest)}`]),
    ...(after === undefined ? [] : [sql`(created_at, run_id) < (${after.created_at}, ${after.run_id})`]),
  ];
}

/** Of the workflow of the run; none where there are fewer, and nothing is before that. */
function lastOfNewest(count: number): Sql {
  return sql`(SELECT newest.created_at, newest.run_id FROM runs AS newest
    WHERE newest.workflow_id = runs.workflow_id AND newest.parent_run_id IS NULL
    ORDER BY newest.created_at DESC, newest.run_id DESC LIMIT 1 OFFSET ${count - 1})`;
}
