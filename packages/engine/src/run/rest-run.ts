import type { Question, RunEventBody } from '@oatty/types';
import type { Journal } from './journal.ts';

export interface Rest {
  readonly questions: readonly Question[];
  /** When the run goes on without an answer, in epoch milliseconds. */
  readonly dueAt?: number;
}

/**
 * Makes the run wait, for its questions, for time or for both.
 *
 * @returns `again`: only the journal knows whether the run is due, answered or canceled by now
 */
export async function restRun(journal: Journal, rest: Rest): Promise<'again'> {
  const due_at = rest.dueAt === undefined ? undefined : new Date(rest.dueAt).toISOString();
  const change = { status: 'waiting', ...(due_at !== undefined && { due_at }) } as const;
  const { questions } = rest;
  await journal.change(['pending', 'running', 'waiting'], change, {
    questions,
    events: toEvents(rest, due_at),
  });
  return 'again';
}

// --- internal ---

function toEvents({ questions }: Rest, until: string | undefined): readonly RunEventBody[] {
  if (questions.length > 0) {
    return questions.map((question) => ({ type: 'run_waiting', question, message: question.message }));
  }
  return until === undefined ? [] : [{ type: 'run_waiting', until, message: `Waits until ${until}.` }];
}
