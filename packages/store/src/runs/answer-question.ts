import type { Answer } from '@oatty/engine';
import { OattyError } from '@oatty/types';
import type { Database } from '../database.ts';
import { first, sql } from '@oatty/types/sql';
import { TextKeeper } from '../values/kept-text.ts';
import { readOpenState } from './read-run.ts';
import { conflict } from './run-conflict.ts';
import { writeBlobs } from './write-rows.ts';

/** Of two answers one counts; a waiting run can go on then. */
export async function answerQuestion(
  database: Database,
  runId: string,
  questionId: string,
  { value, at, by }: Answer,
): Promise<void> {
  const keeper = new TextKeeper();
  const text = keeper.keep(value);
  const blobs = await keeper.blobs();
  await database.transact(function* () {
    const isOpen = yield* first(
      sql`UPDATE runs SET status = CASE WHEN status <> 'waiting' THEN status
          WHEN started_at IS NULL THEN 'pending' ELSE 'running' END,
          due_at = CASE WHEN status <> 'waiting' THEN due_at END
        WHERE run_id = ${runId} AND status IN ('pending', 'running', 'waiting') RETURNING run_id`,
    );
    if (isOpen === undefined) yield* readOpenState(runId);
    yield* writeBlobs(runId, blobs);
    const answered = yield* first(
      sql`UPDATE questions SET answer = ${text}, answered_at = ${at}, answered_by = ${by ?? null}
        WHERE run_id = ${runId} AND question_id = ${questionId} AND answered_at IS NULL RETURNING run_id`,
    );
    if (answered !== undefined) return;
    const asked = yield* first(
      sql`SELECT run_id FROM questions WHERE run_id = ${runId} AND question_id = ${questionId}`,
    );
    if (asked !== undefined) throw conflict(runId, `has its answer to "${questionId}" already`);
    throw new OattyError('ARGUMENT_INVALID', `Run "${runId}" asks no question "${questionId}".`);
  });
}
