/** A person's answer to a question of a run. */
import type { Oatty } from '@oatty/runtime';
import type { Question } from '@oatty/types';
import { toAnswer } from './question-form.ts';
import type { FormAnswer } from './task-client.ts';

/**
 * Writes the answer down; the run goes on. No cancels the run, and returns when it has ended, so that it asks nothing
 * more; but who does not decide on an approval leaves it to others, or to its time.
 *
 * @throws {OattyError} `ARGUMENT_INVALID` for an answer that does not fit; `RUN_STATE_CONFLICT` for a question that is
 *   not open any more
 */
export async function answerQuestion(
  oatty: Oatty,
  runId: string,
  question: Question,
  answer: Exclude<FormAnswer, { kind: 'lost' }>,
): Promise<void> {
  if (answer.kind === 'accepted') {
    const { caller } = await oatty.runs.inspect(runId); // a task is bound to who has started it
    await oatty.runs.respond(
      runId,
      toAnswer(question, answer.content),
      question.question_id,
      caller.principal,
    );
    return;
  }
  if (question.kind === 'approval') return;
  await oatty.runs.cancel(runId);
  await oatty.runs.wait(runId);
}
