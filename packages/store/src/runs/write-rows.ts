/**
 * What one write to a run changes, and the statements for it, one after the other.
 *
 * The first statement is the fence: it changes the run only while the owner holds it and its status is one of `from`;
 * without it nothing else is written (S3 of the engine's `ports/run-store.ts`).
 */
import type { Lease } from '@oatty/engine';
import { isTerminal } from '@oatty/types';
import type { RunStatus } from '@oatty/types';
import { first, join, sql, Sql } from '@oatty/types/sql';
import type { Work } from '@oatty/types/sql';
import type { Dialect } from '../schema/tables.ts';
import type { Blob } from '../values/kept-text.ts';
import { wholeStep } from './entry-rows.ts';
import type { CommitRow, EntryRows } from './entry-rows.ts';
import { arrive } from './queues.ts';
import { rowKey, wide } from './row-keys.ts';
import { documentNames, toLimitsText } from './run-row.ts';
import type { ChangeableColumns, DocumentColumns, DocumentName, NewRun } from './run-row.ts';

export interface WriteRows {
  readonly runId: string;
  readonly owner: Lease['owner'];
  /** None of them terminal. */
  readonly from: readonly RunStatus[];
  readonly change?: RunColumnsChange;
  readonly rows: EntryRows;
  readonly blobs: readonly Blob[];
}

interface RunColumnsChange {
  readonly columns: ChangeableColumns;
  readonly documents: DocumentColumns;
}

/** @returns whether the fence let it pass */
export function* writeRows(write: WriteRows): Work<boolean> {
  const held = yield* first<HeldRun>(
    sql`${fence(write)} RETURNING run_id, run_no, event_count, commit_count, question_count`,
  );
  if (held === undefined) return false;
  const { runId, change, rows, blobs } = write;
  yield* writeBlobs(runId, blobs);
  yield* writeEntry(held, rows);
  if (change !== undefined) yield* applyChange(runId, change);
  if (asksAndWaits(write)) yield* wakeIfAnswered(write);
  return true;
}

export function asksAndWaits({ change, rows }: WriteRows): boolean {
  return change?.columns.status === 'waiting' && rows.questions.length > 0;
}

/** S9. An answer changes the row of the run too, so it is there by now or comes after this. */
export function* wakeIfAnswered({ runId, rows }: WriteRows): Work<void> {
  const asked = join(
    rows.questions.map(({ question_id }) => sql`${question_id}`),
    ', ',
  );
  yield sql`UPDATE runs SET status = CASE WHEN started_at IS NULL THEN 'pending' ELSE 'running' END, due_at = NULL
    WHERE run_id = ${runId} AND EXISTS (SELECT 1 FROM questions
      WHERE run_id = ${runId} AND question_id IN (${asked}) AND answered_at IS NOT NULL)`;
}

/** @returns whether the id was free */
export function* insertRun(
  run: NewRun,
  lease: Lease | undefined,
  commits: readonly CommitRow[],
  blobs: readonly Blob[],
  { nextRunNo }: Dialect,
): Work<boolean> {
  const { record, columns, documents } = run;
  const { run_id, workflow_id, parent, resumed_from, caller, ttl_ms, created_at, queue } = record;
  const arrival = queue && (yield* arrive(queue, run_id));
  const inLine = record.incomplete === true ? undefined : arrival;
  const held = inLine?.lease ?? lease;
  const inserted = yield* first<Pick<HeldRun, 'run_no'>>(
    sql`INSERT INTO runs
      (run_id, run_no, workflow_id, status, principal, parent_run_id, resumed_from, has_ttl, created_at, started_at,
        finished_at, due_at, lease_owner, lease_until, commit_count, queue, queue_priority, queue_arrival, queue_key,
        queue_limits)
      VALUES (${run_id}, ${new Sql([nextRunNo], [])}, ${workflow_id}, ${columns.status}, ${caller.principal}, ${parent?.runId ?? null},
        ${resumed_from ?? null}, ${Number(ttl_ms !== undefined)}, ${created_at}, ${columns.started_at},
        ${columns.finished_at}, ${columns.due_at}, ${held?.owner ?? null}, ${held?.until ?? null},
        ${commits.length}, ${queue?.name ?? null}, ${queue?.priority ?? null}, ${inLine?.arrival ?? null},
        ${queue?.dedup_key ?? null}, ${queue ? toLimitsText(queue) : null})
      ON CONFLICT (run_id) DO NOTHING RETURNING run_no`,
  );
  if (inserted === undefined) return false;
  const names = documentNames.map(columnOf);
  const texts = documentNames.map((name) => sql`${documents[name]}`);
  yield sql`INSERT INTO run_documents (run_id, fixed, ${join(names, ', ')})
    VALUES (${run_id}, ${run.fixed}, ${join(texts, ', ')})`;
  yield* writeBlobs(run_id, blobs);
  yield* writeCommits(inserted.run_no, commits, 0);
  return true;
}

/** Changes the row of the run, or none. */
export function fence({ runId, owner, from, change, rows }: WriteRows): Sql {
  const statuses = join(
    from.map((status) => sql`${status}`),
    ', ',
  );
  return sql`UPDATE runs SET event_count = event_count + ${rows.events.length},
    commit_count = commit_count + ${rows.commits.length},
    question_count = question_count + ${rows.questions.length}${change ? changeColumns(change.columns) : sql``}
    WHERE run_id = ${runId} AND lease_owner = ${owner} AND status IN (${statuses})`;
}

/** `undefined` where the documents of the run stay as they are. */
export function documentChange(runId: string, { documents }: RunColumnsChange): Sql | undefined {
  const sets = documentNames.flatMap((name) => {
    return documents[name] === null ? [] : [sql`${columnOf(name)} = ${documents[name]}`];
  });
  return sets.length === 0
    ? undefined
    : sql`UPDATE run_documents SET ${join(sets, ', ')} WHERE run_id = ${runId}`;
}

// --- internal ---

function columnOf(name: DocumentName): Sql {
  return new Sql([name], []);
}

interface HeldRun {
  readonly run_id: string;
  readonly run_no: number;
  readonly event_count: number;
  readonly commit_count: number;
  readonly question_count: number;
}

/** A run that ends is nobody's any more. */
function changeColumns({ workflow_id, status, started_at, finished_at, due_at }: ChangeableColumns): Sql {
  const release = isTerminal(status) ? sql`, lease_owner = NULL, lease_until = NULL` : sql``;
  return sql`, workflow_id = COALESCE(${workflow_id}, workflow_id), status = ${status},
    started_at = COALESCE(${started_at}, started_at),
    finished_at = COALESCE(${finished_at}, finished_at), due_at = ${due_at}${release}`;
}

export function* writeBlobs(runId: string, blobs: readonly Blob[]): Work<void> {
  for (const { hash, bytes } of blobs) {
    yield sql`INSERT INTO blobs (hash, bytes) VALUES (${hash}, ${bytes}) ON CONFLICT (hash) DO NOTHING`;
    yield sql`INSERT INTO blob_uses (run_id, hash) VALUES (${runId}, ${hash}) ON CONFLICT (run_id, hash) DO NOTHING`;
  }
}

function* writeEntry(held: HeldRun, rows: EntryRows): Work<void> {
  const { run_id: runId, run_no } = held;
  const commitsBefore = held.commit_count - rows.commits.length;
  for (const { step_id, item, mark } of rows.marks) {
    yield sql`INSERT INTO marks (run_id, step_id, item, mark) VALUES (${runId}, ${step_id}, ${item}, ${mark})
      ON CONFLICT (run_id, step_id, item) DO UPDATE SET mark = excluded.mark`;
  }
  yield* writeCommits(run_no, rows.commits, commitsBefore);
  for (const { step_id, item } of rows.commits) {
    yield item === wholeStep
      ? sql`DELETE FROM marks WHERE run_id = ${runId} AND step_id = ${step_id}`
      : sql`DELETE FROM marks WHERE run_id = ${runId} AND step_id = ${step_id} AND item = ${item}`;
  }
  let asked = held.question_count - rows.questions.length;
  for (const { question_id, question } of rows.questions) {
    yield sql`INSERT INTO questions (run_id, question_id, position, question, asked_at)
      VALUES (${runId}, ${question_id}, ${(asked += 1)}, ${question}, ${rows.at})
      ON CONFLICT (run_id, question_id) DO NOTHING`;
  }
  let seq = held.event_count - rows.events.length;
  for (const { body, output, commit } of rows.events) {
    yield sql`INSERT INTO events (event_key, at, body, output, commit_key)
      VALUES (${keyAt(run_no, (seq += 1))}, ${rows.at}, ${body}, ${output},
        ${commit === null ? null : keyAt(run_no, commitsBefore + commit + 1)})`;
  }
}

function keyAt(runNo: number, place: number): Sql {
  return rowKey(wide(runNo), wide(place));
}

function* writeCommits(runNo: number, commits: readonly CommitRow[], before: number): Work<void> {
  let place = before;
  for (const { step_id, item, result, output, request } of commits) {
    yield sql`INSERT INTO commits (commit_key, step_id, item, result, output, request)
      VALUES (${keyAt(runNo, (place += 1))}, ${step_id}, ${item}, ${result}, ${output}, ${request})`;
  }
}

function* applyChange(runId: string, change: RunColumnsChange): Work<void> {
  const documents = documentChange(runId, change);
  if (documents !== undefined) yield documents;
  if (isTerminal(change.columns.status)) yield sql`DELETE FROM marks WHERE run_id = ${runId}`;
}
