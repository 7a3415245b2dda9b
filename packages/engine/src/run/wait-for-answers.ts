import type { Question } from '@oatty/types';
import type { Execution } from './execution.ts';
import type { Journal } from './journal.ts';

/**
 * Makes the run wait for its questions.
 *
 * @returns `again` when one of them was answered meanwhile, so that the run need not wait after all
 */
export async function waitForAnswers(
  { ports, runId }: Execution,
  journal: Journal,
  questions: readonly Question[],
): Promise<'done' | 'again'> {
  const events = questions.map((question) => {
    return { type: 'run_waiting', question, message: question.message } as const;
  });
  await journal.change(['pending', 'running'], { status: 'waiting' }, { questions, events });

  const asked = new Set(questions.map(({ question_id }) => question_id));
  const records = await ports.store.readQuestions(runId);
  const isAnswered = records.some(({ question, answered_at }) => {
    return asked.has(question.question_id) && answered_at !== undefined;
  });
  if (!isAnswered) return 'done';
  // An answer that came before the change has not woken the run.
  const run = await ports.store.getRun(runId);
  await journal.change(['waiting'], { status: run?.started_at === undefined ? 'pending' : 'running' });
  return 'again';
}
