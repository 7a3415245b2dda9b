/** Which question of a run an answer is for. */
import { isTerminal, OattyError } from '@oatty/types';
import type { Question } from '@oatty/types';
import type { RunInspection } from './runs.ts';

/**
 * @param questionId - absent: the one that has waited longest
 * @throws {OattyError} `RUN_STATE_CONFLICT` when the run asks nothing (any more), `ARGUMENT_INVALID` when it asks other
 *   questions
 */
export function requireOpenQuestion({ run, open_questions }: RunInspection, questionId?: string): Question {
  refuseUnlessAsking(run, open_questions);
  const question = open_questions.find(
    ({ question_id }) => questionId === undefined || question_id === questionId,
  );
  if (question !== undefined) return question;
  throw new OattyError('ARGUMENT_INVALID', `Run "${run.run_id}" asks no question "${questionId}".`, {
    suggestedAction: `Use one of: ${open_questions.map(({ question_id }) => question_id).join(', ')}.`,
  });
}

// --- internal ---

function refuseUnlessAsking({ run_id, status }: RunInspection['run'], questions: readonly Question[]): void {
  const hasEnded = isTerminal(status);
  if (!hasEnded && questions.length > 0) return;
  const message = hasEnded
    ? `Run "${run_id}" has ended (${status}): it asks nothing any more.`
    : `Run "${run_id}" asks nothing now: it is ${status}.`;
  throw new OattyError('RUN_STATE_CONFLICT', message, { context: { run_id, status } });
}
