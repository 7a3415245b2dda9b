/**
 * The same as `runs/write-rows.ts` in one statement, since each one is a trip to the server.
 *
 * Rows travel as JSON. All parts see the tables as they were before, so no row is written by two of them: what an entry
 * both marks and commits is not marked (`entry-rows.ts`), and what ends is not marked at all.
 */
import { isTerminal } from '@oatty/types';
import { wholeStep } from '../runs/entry-rows.ts';
import type { EntryRows } from '../runs/entry-rows.ts';
import { rowKey } from '../runs/row-keys.ts';
import { documentChange, fence } from '../runs/write-rows.ts';
import type { WriteRows } from '../runs/write-rows.ts';
import { first, join, sql } from '@oatty/types/sql';
import type { Sql, Work } from '@oatty/types/sql';
import type { Blob } from '../values/kept-text.ts';

/** @returns whether the fence let it pass */
export function* writeRowsAtOnce(write: WriteRows): Work<boolean> {
  const { runId, change, rows, blobs } = write;
  const isEnd = change !== undefined && isTerminal(change.columns.status);
  const parts = [
    sql`held AS (${fence(write)} RETURNING run_id, run_no, event_count, commit_count, question_count)`,
    ...keepBlobs(blobs),
    ...(isEnd ? [unmarkAll] : [...mark(rows), ...unmark(rows)]),
    ...commit(rows),
    ...ask(rows),
    ...tell(rows),
    ...(change === undefined ? [] : changeDocuments(runId, change)),
  ];
  const held = yield* first(sql`WITH ${join(parts, ',\n')} SELECT run_id FROM held`);
  return held !== undefined;
}

// --- internal ---

function keepBlobs(blobs: readonly Blob[]): readonly Sql[] {
  if (blobs.length === 0) return [];
  const rows = blobs.map(({ hash, bytes }) => ({ hash, bytes: Buffer.from(bytes).toString('base64') }));
  return [
    sql`given AS (SELECT hash, decode(bytes, 'base64') AS bytes
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS added (hash text, bytes text))`,
    sql`kept AS (INSERT INTO blobs (hash, bytes) SELECT given.hash, given.bytes FROM held, given
      ON CONFLICT (hash) DO NOTHING)`,
    sql`used AS (INSERT INTO blob_uses (run_id, hash) SELECT held.run_id, given.hash FROM held, given
      ON CONFLICT (run_id, hash) DO NOTHING)`,
  ];
}

const unmarkAll = sql`unmarked AS (DELETE FROM marks USING held WHERE marks.run_id = held.run_id)`;

function mark({ marks }: EntryRows): readonly Sql[] {
  if (marks.length === 0) return [];
  return [
    sql`marked AS (INSERT INTO marks (run_id, step_id, item, mark)
      SELECT held.run_id, added.step_id, added.item, added.mark
      FROM held, json_to_recordset(${JSON.stringify(marks)}::json) AS added (step_id text, item int, mark text)
      ON CONFLICT (run_id, step_id, item) DO UPDATE SET mark = excluded.mark)`,
  ];
}

function unmark({ commits }: EntryRows): readonly Sql[] {
  if (commits.length === 0) return [];
  const places = commits.map(({ step_id, item }) => ({ step_id, item }));
  return [
    sql`unmarked AS (DELETE FROM marks
      USING held, json_to_recordset(${JSON.stringify(places)}::json) AS added (step_id text, item int)
      WHERE marks.run_id = held.run_id AND marks.step_id = added.step_id
        AND added.item IN (marks.item, ${wholeStep}))`,
  ];
}

function commit({ commits }: EntryRows): readonly Sql[] {
  if (commits.length === 0) return [];
  return [
    sql`committed AS (INSERT INTO commits (commit_key, step_id, item, result, output, request)
      SELECT ${rowKey(runNo, sql`held.commit_count - added.following`)}, added.step_id, added.item, added.result,
        added.output, added.request
      FROM held, json_to_recordset(${numbered(commits)}::json)
        AS added (following int, step_id text, item int, result text, output text, request text))`,
  ];
}

function ask({ at, questions }: EntryRows): readonly Sql[] {
  if (questions.length === 0) return [];
  return [
    sql`asked AS (INSERT INTO questions (run_id, question_id, position, question, asked_at)
      SELECT held.run_id, added.question_id, held.question_count - added.following, added.question, ${at}
      FROM held, json_to_recordset(${numbered(questions)}::json)
        AS added (following int, question_id text, question text)
      ON CONFLICT (run_id, question_id) DO NOTHING)`,
  ];
}

function tell({ at, commits, events }: EntryRows): readonly Sql[] {
  if (events.length === 0) return [];
  return [
    sql`told AS (INSERT INTO events (event_key, at, body, output, commit_key)
      SELECT ${rowKey(runNo, sql`held.event_count - added.following`)}, ${at}, added.body, added.output,
        ${rowKey(runNo, sql`held.commit_count - ${commits.length - 1} + added.commit`)}
      FROM held, json_to_recordset(${numbered(events)}::json)
        AS added (following int, body text, output text, commit int))`,
  ];
}

const runNo = sql`held.run_no`;

/** With how many follow: the counters of the run tell the number of the last. */
function numbered(rows: readonly object[]): string {
  return JSON.stringify(rows.map((row, index) => ({ ...row, following: rows.length - 1 - index })));
}

function changeDocuments(runId: string, change: NonNullable<WriteRows['change']>): readonly Sql[] {
  const documents = documentChange(runId, change);
  return documents === undefined ? [] : [sql`changed AS (${documents} AND EXISTS (SELECT 1 FROM held))`];
}
