/**
 * Takes the lease of a run.
 *
 *   L1. Nobody else has a live one.
 *   L2. A run that has left a line counts for whoever holds it: nobody takes one beyond `worker_concurrency` (S8 of the
 *       port). Those who take one with limits take turns at the row of its queue, as claims do.
 *   L3. One that was asked to cancel only has to be ended, and whoever has the lease keeps it.
 */
import type { Lease } from '@oatty/engine';
import { first, sql } from '@oatty/types/sql';
import type { Sql, Work } from '@oatty/types/sql';
import { hasShare, takeTurn } from './queues.ts';
import { readOpenState } from './read-run.ts';
import { toLimits } from './run-row.ts';

/** @throws {OattyError} `RUN_NOT_FOUND`, or `RUN_STATE_CONFLICT` when it has ended */
export function* takeLease(runId: string, lease: Lease, now: string): Work<boolean> {
  const unbounded = sql`(queue_limits IS NULL OR claimed_at IS NULL OR lease_owner = ${lease.owner} OR cancel_requested = 1)`;
  if (yield* take(runId, lease, now, unbounded)) return true;
  yield* readOpenState(runId);
  const place = yield* first<{ readonly queue: string; readonly queue_limits: string }>(
    sql`SELECT queue, queue_limits FROM runs
      WHERE run_id = ${runId} AND ${isFree(lease, now)} AND queue_limits IS NOT NULL`,
  );
  if (place === undefined) return false;
  yield* takeTurn(place.queue);
  if (!(yield* hasShare(place.queue, toLimits(place.queue_limits), lease.owner))) return false;
  return yield* take(runId, lease, now, sql`1 = 1`);
}

// --- internal ---

function* take(runId: string, lease: Lease, now: string, condition: Sql): Work<boolean> {
  const taken = yield* first(
    sql`UPDATE runs SET lease_owner = ${lease.owner}, lease_until = ${lease.until}
      WHERE run_id = ${runId} AND ${isFree(lease, now)} AND ${condition} RETURNING run_id`,
  );
  return taken !== undefined;
}

/** L1 */
function isFree({ owner }: Lease, now: string): Sql {
  return sql`status IN ('pending', 'running', 'waiting')
    AND (lease_owner = ${owner} OR lease_owner IS NULL OR lease_until <= ${now})`;
}
