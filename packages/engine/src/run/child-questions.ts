/**
 * Questions of a sub-workflow, asked again by its parent: people look at the run that they started.
 *
 * The id of the copy is `<child run>/<question>`, at every level one prefix more; the answer goes back down the
 * same way when the parent goes on.
 */
import { OattyError } from '@oatty/types';
import type { CommandResult, Question } from '@oatty/types';
import type { QuestionRecord } from '../ports/journal-entry.ts';
import type { RunStore } from '../ports/run-store.ts';
import { isWaitingCall, leftBehind } from './child-call.ts';
import type { WaitingCall } from './child-call.ts';
import type { RunState } from './run-state.ts';
import type { StepCall } from './step-call.ts';

export interface CallWait {
  readonly questions: readonly Question[];
  /** When the call goes on by itself, in epoch milliseconds. */
  readonly dueAt?: number;
}

/** `undefined` when the call waits for nothing. */
export function waitOfCall(
  { context, found }: StepCall,
  result: CommandResult,
): undefined | Promise<CallWait> {
  if (found === undefined || !isWaitingCall(found, result)) return undefined;
  return readWait(result, context.ports.store);
}

/** The run that really asks: the innermost one. */
export function askingRun(runId: string, questionId: string): string {
  return questionId.split('/').at(-2) ?? runId;
}

/** Hands the answers that this run got to the children that asked. */
export async function forwardAnswers(state: RunState, store: RunStore): Promise<void> {
  for (const { question, answer, answered_at, answered_by } of state.questions.values()) {
    const slash = question.question_id.indexOf('/');
    if (slash === -1 || answered_at === undefined) continue;
    const child = question.question_id.slice(0, slash);
    try {
      await store.answerQuestion(child, question.question_id.slice(slash + 1), {
        value: answer,
        at: answered_at,
        ...(answered_by !== undefined && { by: answered_by }),
      });
    } catch (thrown) {
      // It has the answer already, or has ended: an earlier owner of this run got that far.
      if (OattyError.from(thrown).code !== 'RUN_STATE_CONFLICT') throw thrown;
    }
  }
}

// --- internal ---

async function readWait(result: CommandResult, store: RunStore): Promise<CallWait> {
  const { run_id, due_at, question } = result.body as WaitingCall; // our own executors made it
  const due = due_at !== undefined && { dueAt: Date.parse(due_at) };
  if (question !== undefined) return { questions: [question], ...due };
  const records = await readQuestions(run_id, store);
  const questions = records
    .filter((record) => record.answered_at === undefined)
    .map(({ question }) => ({ ...question, question_id: `${run_id}/${question.question_id}` }));
  return { questions, ...due };
}

async function readQuestions(runId: string, store: RunStore): Promise<readonly QuestionRecord[]> {
  try {
    return await store.readQuestions(runId);
  } catch (thrown) {
    throw leftBehind(OattyError.from(thrown), runId);
  }
}
