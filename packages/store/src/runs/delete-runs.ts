import { all, sql } from '@oatty/types/sql';
import type { Work } from '@oatty/types/sql';

/** Removes runs that have ended, their sub-workflow runs, and the long texts that nobody else refers to. */
export function* deleteRuns(runIds: readonly string[]): Work<readonly string[]> {
  const deleted: string[] = [];
  for (const runId of runIds) if (yield* deleteRun(runId)) deleted.push(runId);
  return deleted;
}

// --- internal ---

function* deleteRun(runId: string): Work<boolean> {
  const tree = sql`WITH RECURSIVE tree (run_id) AS (
    SELECT run_id FROM runs WHERE run_id = ${runId} AND status IN ('succeeded', 'failed', 'canceled')
    UNION ALL SELECT runs.run_id FROM runs JOIN tree ON runs.parent_run_id = tree.run_id
  )`;
  const used = yield* all<{ readonly hash: string }>(
    sql`${tree} SELECT DISTINCT hash FROM blob_uses WHERE run_id IN (SELECT run_id FROM tree)`,
  );
  const gone = yield* all(
    sql`${tree} DELETE FROM runs WHERE run_id IN (SELECT run_id FROM tree) RETURNING run_id`,
  );
  for (const { hash } of used) {
    yield sql`DELETE FROM blobs WHERE hash = ${hash} AND NOT EXISTS (SELECT 1 FROM blob_uses WHERE hash = ${hash})`;
  }
  return gone.length > 0;
}
