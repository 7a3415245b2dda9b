/**
 * `tasks/get`, `tasks/update` and `tasks/cancel`, for clients that know tasks.
 *
 *   K1. Everything is read from the journal: whichever process is asked says the same.
 *   K2. An answer is to an open question; others are passed over, so that an update may be sent again.
 *   K3. No is an answer: it cancels the run.
 */
import { isTerminal, OattyError } from '@oatty/types';
import type { Question } from '@oatty/types';
import * as z from 'zod';
import { toInvalidParams } from '../../errors/to-mcp.ts';
import { defineMethod } from '../../methods/method.ts';
import type { Methods } from '../../methods/method.ts';
import { answerQuestion } from '../../tasks/answer-question.ts';
import { toWrittenAnswer } from '../../tasks/sampling-request.ts';
import type { FormAnswer } from '../../tasks/task-client.ts';
import { canAnswer, formAnswer } from './input-round.ts';
import type { ModernCall } from './modern-call.ts';
import type { ModernSession } from './modern-session.ts';
import { knowsTasks, needsTasks } from './tasks-extension.ts';
import { toDetailedTask } from './to-wire-task.ts';

export function toTaskMethods(session: ModernSession): Methods<ModernCall> {
  const { oatty, tasks } = session;
  return {
    'tasks/get': defineTaskMethod('tasks/get', taskParams, async ({ taskId }, { capabilities }) =>
      toDetailedTask(await tasks.read(taskId), (method) => canAnswer(method, capabilities)),
    ),
    'tasks/update': defineTaskMethod('tasks/update', taskParams, async ({ taskId }, { inputResponses }) => {
      const { inspection } = await tasks.read(taskId);
      const open = isTerminal(inspection.run.status) ? [] : inspection.open_questions;
      for (const question of open) {
        const response = inputResponses[question.question_id];
        if (response === undefined) continue;
        await answerQuestion(oatty, taskId, question, toAnswer(question, response));
      }
      return {};
    }),
    'tasks/cancel': defineTaskMethod('tasks/cancel', taskParams, async ({ taskId }) => {
      const { inspection } = await tasks.read(taskId);
      if (!isTerminal(inspection.run.status)) await oatty.runs.cancel(taskId).catch(passOverEnded);
      return {};
    }),
  };
}

// --- internal ---

const taskParams = z.object({ taskId: z.string() });

function defineTaskMethod<Params extends z.ZodType>(
  name: string,
  schema: Params,
  answer: (params: z.infer<Params>, call: ModernCall) => Promise<object>,
) {
  return defineMethod(
    schema,
    async (params, call: ModernCall) => {
      if (!knowsTasks(call)) throw needsTasks(name);
      return answer(params, call);
    },
    toInvalidParams,
  );
}

/** @throws {OattyError} `ARGUMENT_INVALID` */
function toAnswer(question: Question, response: unknown): Exclude<FormAnswer, { kind: 'lost' }> {
  if (question.kind !== 'sampling') return toFormAnswer(question.question_id, response);
  return { kind: 'accepted', content: toWrittenAnswer(question, response) };
}

function toFormAnswer(questionId: string, response: unknown) {
  const parsed = formAnswer.safeParse(response);
  if (!parsed.success) {
    throw new OattyError('ARGUMENT_INVALID', `The response "${questionId}" is no answer to a form.`, {
      suggestedAction: 'Send {action: "accept", content}, {action: "decline"} or {action: "cancel"}.',
      context: { question_id: questionId },
    });
  }
  const { action, content } = parsed.data;
  return action === 'accept'
    ? ({ kind: 'accepted', content: content ?? {} } as const)
    : ({ kind: 'declined' } as const);
}

/** It ended before it could be stopped. */
function passOverEnded(thrown: unknown): void {
  const error = OattyError.from(thrown);
  if (error.traits.category !== 'conflict') throw error;
}
