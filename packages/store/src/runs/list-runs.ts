import type { Page, RunQuery } from '@oatty/engine';
import type { RunSummary } from '@oatty/types';
import { join, sql } from '../sql/sql.ts';
import type { Sql } from '../sql/sql.ts';
import { all } from '../sql/work.ts';
import type { Work } from '../sql/work.ts';
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

// --- internal ---

/** One row more than the page takes tells whether there is another page. */
function listing(query: RunQuery): Sql {
  return sql`SELECT run_id, workflow_id, status, resumed_from, created_at, started_at, finished_at, due_at FROM runs
    WHERE ${join(conditions(query), ' AND ')} ORDER BY created_at DESC, run_id DESC LIMIT ${query.limit + 1}`;
}

function conditions(query: RunQuery): readonly Sql[] {
  const { status, workflow_id, principal, with_ttl, ended_before, include_children, cursor } = query;
  const after = cursor === undefined ? undefined : fromCursor(cursor);
  return [
    include_children === true ? sql`1 = 1` : sql`parent_run_id IS NULL`,
    ...(status === undefined ? [] : [sql`status = ${status}`]),
    ...(workflow_id === undefined ? [] : [sql`workflow_id = ${workflow_id}`]),
    ...(principal === undefined ? [] : [sql`principal = ${principal}`]),
    ...(with_ttl === true ? [sql`has_ttl = 1`] : []),
    // A run is made before it ends; that part is what an index answers.
    ...(ended_before === undefined
      ? []
      : [sql`finished_at < ${ended_before} AND created_at < ${ended_before}`]),
    ...(after === undefined ? [] : [sql`(created_at, run_id) < (${after.created_at}, ${after.run_id})`]),
  ];
}
