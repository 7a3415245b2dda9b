/**
 * What is removed from the journal, and what stays for those that read it.
 *
 *   D1. What a run carries on from that has not succeeded stays (`removableRuns`).
 *   D2. Removals and resumptions take turns: a resumption finds the run that it carries on from, and keeps it, or is
 *       refused. In SQLite every transaction that writes has its turn.
 */
import { removableRuns } from '@oatty/types';
import type { RunResumption } from '@oatty/types';
import { all, join, Sql, sql } from '@oatty/types/sql';
import type { Work } from '@oatty/types/sql';
import type { Dialect } from '../schema/tables.ts';
import { readState } from './read-run.ts';
import { isRowOf, wide } from './row-keys.ts';

/** Removes runs that have ended, their sub-workflow runs, and the long texts that nobody else refers to. */
export function* deleteRuns(runIds: readonly string[], dialect: Dialect): Work<readonly string[]> {
  yield* takeTurn(dialect);
  const deleted: string[] = [];
  for (const runId of yield* listRemovable(runIds)) if (yield* deleteRun(runId)) deleted.push(runId);
  return deleted;
}

/** Of runs that have ended: those that nothing keeps. */
export function* listRemovable(
  runIds: readonly string[],
  gone: ReadonlySet<string> = new Set(),
): Work<readonly string[]> {
  return removableRuns(runIds, yield* readResumptions(runIds), gone);
}

/** D2, before the run that carries on from it is written. @throws {OattyError} `RUN_NOT_FOUND` when it is gone */
export function* keepSource(runId: string, dialect: Dialect): Work<void> {
  yield* takeTurn(dialect);
  yield* readState(runId);
}

// --- internal ---

function* takeTurn({ lock }: Dialect): Work<void> {
  if (lock !== undefined) yield new Sql([lock], []);
}

/** D1 */
function* readResumptions(runIds: readonly string[]): Work<readonly RunResumption[]> {
  if (runIds.length === 0) return [];
  const sources = join(
    runIds.map((runId) => sql`${runId}`),
    ', ',
  );
  return yield* all<RunResumption>(
    sql`WITH RECURSIVE later (run_id, resumed_from, status) AS (
      SELECT run_id, resumed_from, status FROM runs WHERE resumed_from IN (${sources})
      UNION SELECT runs.run_id, runs.resumed_from, runs.status FROM runs JOIN later ON runs.resumed_from = later.run_id
    ) SELECT run_id, resumed_from, status FROM later`,
  );
}

function* deleteRun(runId: string): Work<boolean> {
  const tree = sql`WITH RECURSIVE tree (run_id) AS (
    SELECT run_id FROM runs WHERE run_id = ${runId} AND status IN ('succeeded', 'failed', 'canceled')
    UNION ALL SELECT runs.run_id FROM runs JOIN tree ON runs.parent_run_id = tree.run_id
  )`;
  const used = yield* all<{ readonly hash: string }>(
    sql`${tree} SELECT DISTINCT hash FROM blob_uses WHERE run_id IN (SELECT run_id FROM tree)`,
  );
  const gone = yield* all<{ readonly run_no: number | string }>(
    sql`${tree} DELETE FROM runs WHERE run_id IN (SELECT run_id FROM tree) RETURNING run_no`,
  );
  for (const { run_no } of gone) {
    yield sql`DELETE FROM events WHERE ${isRowOf(sql`event_key`, wide(run_no))}`;
    yield sql`DELETE FROM commits WHERE ${isRowOf(sql`commit_key`, wide(run_no))}`;
  }
  for (const { hash } of used) {
    yield sql`DELETE FROM blobs WHERE hash = ${hash} AND NOT EXISTS (SELECT 1 FROM blob_uses WHERE hash = ${hash})`;
  }
  return gone.length > 0;
}
