/** Reads what the journal has of one run. */
import type { CallMark, QuestionRecord, RunRecord, StepCommit } from '@oatty/engine';
import { isTerminal, OattyError } from '@oatty/types';
import type { RunEvent, RunStatus } from '@oatty/types';
import type { Database } from '../database.ts';
import { all, first, sql } from '@oatty/types/sql';
import type { Sql, Work } from '@oatty/types/sql';
import { referencesOf, TextReader } from '../values/kept-text.ts';
import type { Blob, KeptText } from '../values/kept-text.ts';
import { fromCommitRow, fromEventRow } from './entry-rows.ts';
import type { CommitRow, StoredEventRow } from './entry-rows.ts';
import { conflict } from './run-conflict.ts';
import { isRowOf, placeOf, wide } from './row-keys.ts';
import { documentNames, toRecord } from './run-row.ts';
import type { RunRow } from './run-row.ts';

export async function readRun(database: Database, runId: string): Promise<RunRecord | undefined> {
  const query = sql`SELECT * FROM runs JOIN run_documents USING (run_id) WHERE run_id = ${runId}`;
  const [record] = await readRows(database, query, textsOfRun, toRecord);
  return record;
}

export async function readCommits(database: Database, runId: string): Promise<readonly StepCommit[]> {
  const query = sql`SELECT step_id, item, result, output, request FROM commits
    WHERE ${isRowOf(sql`commit_key`, numberOf(runId))} ORDER BY commit_key`;
  const commits = await readRows(database, query, textsOfCommit, fromCommitRow);
  return some(commits, database, runId);
}

export async function readMarks(database: Database, runId: string): Promise<readonly CallMark[]> {
  const query = sql`SELECT mark FROM marks WHERE run_id = ${runId}`;
  const marks = await readRows(database, query, textsOfMark, ({ mark }, reader) => reader.read(mark));
  return some(marks, database, runId);
}

export async function readEvents(
  database: Database,
  runId: string,
  afterSeq: number,
  limit: number,
): Promise<readonly RunEvent[]> {
  const query = sql`SELECT ${placeOf(sql`event_key`)} AS seq, at, body, step_id, result,
      COALESCE(events.output, commits.output) AS output
    FROM events LEFT JOIN commits ON commits.commit_key = events.commit_key
    WHERE ${isRowOf(sql`event_key`, numberOf(runId), wide(afterSeq))} ORDER BY event_key LIMIT ${limit}`;
  const events = await readRows(database, query, textsOfEvent, (row: StoredEventRow, reader) =>
    fromEventRow(runId, row, reader),
  );
  return some(events, database, runId);
}

export async function readQuestions(database: Database, runId: string): Promise<readonly QuestionRecord[]> {
  const query = sql`SELECT question, asked_at, answer, answered_at, answered_by FROM questions
    WHERE run_id = ${runId} ORDER BY position`;
  const questions = await readRows(database, query, textsOfQuestion, toQuestion);
  return some(questions, database, runId);
}

export interface RunState {
  readonly status: RunStatus;
  readonly cancel_requested: number;
  readonly lease_owner: string | null;
}

/** @throws {OattyError} `RUN_NOT_FOUND` */
export function* readState(runId: string): Work<RunState> {
  const state = yield* first<RunState>(
    sql`SELECT status, cancel_requested, lease_owner FROM runs WHERE run_id = ${runId}`,
  );
  if (state === undefined) throw new OattyError('RUN_NOT_FOUND', `No run "${runId}".`);
  return state;
}

/** @throws {OattyError} `RUN_NOT_FOUND`, or `RUN_STATE_CONFLICT` when it has ended */
export function* readOpenState(runId: string): Work<RunState> {
  const state = yield* readState(runId);
  if (isTerminal(state.status)) throw conflict(runId, `has ended: ${state.status}`);
  return state;
}

// --- internal ---

/** Of a run that is not there: none, so no row is of it. */
function numberOf(runId: string): Sql {
  return sql`(SELECT run_no FROM runs WHERE run_id = ${runId})`;
}

interface MarkRow {
  readonly mark: KeptText<CallMark>;
}

interface AskedRow {
  readonly question: KeptText<QuestionRecord['question']>;
  readonly asked_at: string;
  readonly answer: KeptText<unknown> | null;
  readonly answered_at: string | null;
  readonly answered_by: string | null;
}

function toQuestion(row: AskedRow, reader: TextReader): QuestionRecord {
  const { asked_at, answer, answered_at, answered_by } = row;
  return {
    question: reader.read(row.question),
    asked_at,
    ...(answer !== null && { answer: reader.read(answer) }),
    ...(answered_at !== null && { answered_at }),
    ...(answered_by !== null && { answered_by }),
  };
}

// The columns that may name a long text.
const textsOfRun = (row: RunRow) => [row.fixed, ...documentNames.map((name) => row[name])];
const textsOfCommit = ({ result, output, request }: CommitRow) => [result, output, request];
const textsOfMark = ({ mark }: MarkRow) => [mark];
const textsOfEvent = ({ body, result, output }: StoredEventRow) => [body, result, output];
const textsOfQuestion = ({ question, answer }: AskedRow) => [question, answer];

async function readRows<Columns, Value>(
  database: Database,
  query: Sql,
  textsOf: (row: Columns) => readonly (string | null)[],
  toValue: (row: Columns, reader: TextReader) => Value,
): Promise<readonly Value[]> {
  const { rows, blobs } = await database.run(function* () {
    const found = yield* all<Columns>(query);
    return { rows: found, blobs: yield* readBlobs(referencesOf(found.flatMap(textsOf))) };
  });
  const reader = await TextReader.over(blobs);
  return rows.map((row) => toValue(row, reader));
}

function* readBlobs(hashes: readonly string[]): Work<readonly Blob[]> {
  const blobs: Blob[] = [];
  for (const hash of hashes) {
    const blob = yield* first<Blob>(sql`SELECT hash, bytes FROM blobs WHERE hash = ${hash}`);
    if (blob !== undefined) blobs.push(blob);
  }
  return blobs;
}

/** Where nothing was found, the run itself may be missing. @throws {OattyError} `RUN_NOT_FOUND` */
async function some<Value>(
  values: readonly Value[],
  database: Database,
  runId: string,
): Promise<readonly Value[]> {
  if (values.length === 0) await database.run(() => readState(runId));
  return values;
}
