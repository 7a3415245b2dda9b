/** Runs that wait in line, over a database. The rules S7, S8 and S10 are at the port, Q1 and Q2 in `schema/queue-tables.ts`. */
import type { Lease, QueueClaim } from '@oatty/engine';
import { maxServingMs, OattyError } from '@oatty/types';
import type { QueuePlace, QueueSummary } from '@oatty/types';
import { all, first, join, sql } from '@oatty/types/sql';
import type { Sql, Work } from '@oatty/types/sql';
import { allQueues, endOfTime, lineOwner } from '../schema/queue-tables.ts';
import { conflict } from './run-conflict.ts';
import { toLimits } from './run-row.ts';
import type { QueueLimits } from './run-row.ts';

/** Who stands in a line, and since when. */
interface Arrival {
  readonly lease: Lease;
  readonly arrival: number;
}

/**
 * Whoever arrives holds the row of the queue until it is in line, so that of two with the same key one is.
 *
 * @throws {OattyError} `RUN_STATE_CONFLICT` when another run has its key
 */
export function* arrive(
  { name, dedup_key }: Pick<QueuePlace, 'name' | 'dedup_key'>,
  runId: string,
): Work<Arrival> {
  const row = yield* first<{ readonly arrivals: number }>(
    sql`INSERT INTO queues (name, arrivals) VALUES (${name}, 1)
      ON CONFLICT (name) DO UPDATE SET arrivals = queues.arrivals + 1 RETURNING arrivals`,
  );
  if (dedup_key !== undefined) yield* refuseDuplicate(name, dedup_key, runId);
  return { lease: { owner: lineOwner, until: endOfTime }, arrival: row?.arrivals ?? 0 };
}

/** @returns whether it is in line now: one that was asked to cancel stays with its owner */
export function* enterQueue(runId: string, owner: string, dedupKey: string | undefined): Work<boolean> {
  const held = yield* first<{ readonly queue: string | null; readonly queue_key: string | null }>(
    sql`SELECT queue, queue_key FROM runs WHERE run_id = ${runId} AND lease_owner = ${owner}`,
  );
  if (held === undefined) throw conflict(runId, 'is executed by somebody else');
  if (held.queue === null) throw conflict(runId, 'has no queue');
  const key = dedupKey ?? held.queue_key ?? undefined;
  const { lease, arrival } = yield* arrive(
    { name: held.queue, ...(key !== undefined && { dedup_key: key }) },
    runId,
  );
  const entered = yield* first<{ readonly cancel_requested: number }>(sql`UPDATE runs SET
    lease_owner = CASE WHEN cancel_requested = 0 THEN ${lease.owner} ELSE lease_owner END,
    lease_until = CASE WHEN cancel_requested = 0 THEN ${lease.until} ELSE lease_until END,
    queue_arrival = ${arrival}, queue_key = ${key ?? null}
    WHERE run_id = ${runId} AND lease_owner = ${owner} RETURNING cancel_requested`);
  if (entered === undefined) throw conflict(runId, 'is executed by somebody else');
  return entered.cancel_requested === 0;
}

/** Queues with somebody in line that the claim may take from; the one whose turn was longest ago comes first. */
export function* listClaimable({ now, queues, unserved, runId }: QueueClaim): Work<readonly string[]> {
  const conditions = [
    runId === undefined ? someoneInLine : sql`name = (${queueOfRun(runId)})`,
    ...(queues === undefined
      ? []
      : [
          sql`name IN (${join(
            queues.map((name) => sql`${name}`),
            ', ',
          )})`,
        ]),
    ...(unserved === true ? [sql`NOT (${isServed(now)})`] : []),
  ];
  const rows = yield* all<{ readonly name: string }>(
    sql`SELECT name FROM queues WHERE ${join(conditions, ' AND ')}
      ORDER BY CASE WHEN turn_at <= ${from(now, maxTurnMs)} THEN turn_at ELSE '' END, name`,
  );
  return rows.map(({ name }) => name);
}

/** Whoever takes a run of the queue takes turns at its row, so that each sees what the one before has taken. */
export function* takeTurn(name: string): Work<void> {
  yield sql`UPDATE queues SET turn_at = turn_at WHERE name = ${name}`;
}

/** @param kept - how many of its places are for runs that are not held yet */
export function* hasShare(
  name: string,
  { worker_concurrency }: QueueLimits,
  owner: string,
  kept = 0,
): Work<boolean> {
  if (worker_concurrency === undefined) return true;
  const held = yield* count(sql`${countBegun(sql`${name}`)} AND lease_owner = ${owner}`);
  return held + kept < worker_concurrency;
}

/** The turn is that of the queue, too: the next claim looks at the others first. */
export function* claimFrom(name: string, { lease, now, runId }: QueueClaim): Work<string | undefined> {
  yield sql`UPDATE queues SET turn_at = ${now} WHERE name = ${name}`;
  for (;;) {
    const head = yield* first<HeadRow>(
      sql`SELECT run_id, queue_limits FROM runs WHERE lease_owner = '(queue)' AND queue = ${name}
        ${runId === undefined ? sql`` : sql`AND run_id = ${runId}`}
        ORDER BY queue_priority DESC, queue_arrival LIMIT 1`,
    );
    if (head === undefined) return undefined;
    const limits = toLimits(head.queue_limits);
    if (!(yield* hasRoom(name, limits, now))) return undefined;
    const kept = runId === undefined ? yield* keptForOthers(name, limits, now) : 0;
    if (!(yield* hasShare(name, limits, lease.owner, kept))) return undefined;
    const claimed = yield* first(
      sql`UPDATE runs SET lease_owner = ${lease.owner}, lease_until = ${lease.until}, claimed_at = ${now}
        WHERE run_id = ${head.run_id} AND lease_owner = '(queue)' RETURNING run_id`,
    );
    if (claimed !== undefined) return head.run_id; // else it was canceled this very moment
  }
}

export function* serveQueues(queues: readonly string[] | undefined, until: string): Work<void> {
  for (const name of queues ?? [allQueues]) {
    yield sql`INSERT INTO queues (name, served_until) VALUES (${name}, ${until})
      ON CONFLICT (name) DO UPDATE SET served_until = excluded.served_until`;
  }
}

export function* listQueues(now: string): Work<readonly QueueSummary[]> {
  const rows = yield* all<SummaryRow>(
    sql`SELECT name, CASE WHEN ${isServed(now)} THEN 1 ELSE 0 END AS served,
        (SELECT CAST(count(*) AS INTEGER) FROM runs WHERE lease_owner = '(queue)' AND queue = name) AS queued,
        (${countBegun(sql`name`)}) AS begun
      FROM queues WHERE name <> ${allQueues} ORDER BY name`,
  );
  return rows
    .filter(({ queued, begun }) => queued + begun > 0)
    .map(({ name, queued, begun, served }) => ({ name, queued, begun, served: served === 1 }));
}

// --- internal ---

interface HeadRow {
  readonly run_id: string;
  readonly queue_limits: string | null;
}

interface SummaryRow {
  readonly name: string;
  readonly queued: number;
  readonly begun: number;
  readonly served: number;
}

const someoneInLine = sql`EXISTS (SELECT 1 FROM runs WHERE lease_owner = '(queue)' AND queue = name)`;

function queueOfRun(runId: string): Sql {
  return sql`SELECT queue FROM runs WHERE run_id = ${runId} AND lease_owner = '(queue)'`;
}

/** S10. By so much a turn may lie ahead: clocks of machines are never quite the same. */
const maxTurnMs = 60_000;

function isServed(now: string): Sql {
  const latest = from(now, maxServingMs);
  return sql`(served_until > ${now} AND served_until <= ${latest}) OR EXISTS (SELECT 1 FROM queues every
    WHERE every.name = ${allQueues} AND every.served_until > ${now} AND every.served_until <= ${latest})`;
}

/** Only the limits that there are cost a look. */
function* hasRoom(name: string, { concurrency, rate }: QueueLimits, now: string): Work<boolean> {
  if (concurrency !== undefined && (yield* count(countBegun(sql`${name}`))) >= concurrency) return false;
  if (rate === undefined) return true;
  const recent = sql`SELECT CAST(count(*) AS INTEGER) AS count FROM runs
    WHERE claimed_at IS NOT NULL AND queue = ${name}
      AND claimed_at > ${from(now, -rate.per_ms)} AND claimed_at <= ${from(now, rate.per_ms)}`;
  return (yield* count(recent)) < rate.limit;
}

/** Runs that have begun, can go on, and are held by nobody: whoever takes runs over takes them before the next in line. */
function* keptForOthers(name: string, { worker_concurrency }: QueueLimits, now: string): Work<number> {
  if (worker_concurrency === undefined) return 0;
  return yield* count(sql`${countBegun(sql`${name}`)} AND free_from <= ${now}`);
}

function from(instant: string, ms: number): string {
  return new Date(Date.parse(instant) + ms).toISOString();
}

function countBegun(name: Sql): Sql {
  return sql`SELECT CAST(count(*) AS INTEGER) AS count FROM runs
    WHERE claimed_at IS NOT NULL AND status IN ('pending', 'running', 'waiting') AND queue = ${name}`;
}

function* count(query: Sql): Work<number> {
  return (yield* first<{ readonly count: number }>(query))?.count ?? 0;
}

function* refuseDuplicate(name: string, key: string, runId: string): Work<void> {
  const other = yield* first<{ readonly run_id: string }>(
    sql`SELECT run_id FROM runs WHERE queue = ${name} AND queue_key = ${key}
      AND run_id <> ${runId} AND queue_key IS NOT NULL AND status IN ('pending', 'running', 'waiting')`,
  );
  if (other === undefined) return;
  throw new OattyError(
    'RUN_STATE_CONFLICT',
    `Run "${other.run_id}" of queue "${name}" has the key "${key}".`,
    {
      suggestedAction: 'Watch that run, or start another one when it has ended.',
      context: { reason: 'duplicate', run_id: other.run_id, queue: name, dedup_key: key },
    },
  );
}
