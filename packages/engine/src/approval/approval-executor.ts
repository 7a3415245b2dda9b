/**
 * Waits for a person as a command: `oatty approval`.
 *
 *   A1. The question is a row of the journal, asked once per attempt; its answer is the result.
 *   A2. Until then the call gives status 202 with the question; the run waits with it.
 *   A3. Time is counted from the first asking, in whatever process that was. An answer that came in time wins.
 */
import { OattyError } from '@oatty/types';
import type { CommandResult, Question } from '@oatty/types';
import { createRedactor } from '../dispatch/redact-secrets.ts';
import type { Clock } from '../ports/clock.ts';
import type { CallingStep, CommandCall, CommandExecutor } from '../ports/command-executor.ts';
import type { QuestionRecord } from '../ports/journal-entry.ts';
import type { RunStore } from '../ports/run-store.ts';
import { waitingStatus } from '../run/child-call.ts';
import type { WaitingCall } from '../run/child-call.ts';
import { durationMs } from '../run/duration-ms.ts';
import { approvalQuestionId } from './approval-question.ts';

export interface ApprovalPorts {
  readonly store: RunStore;
  readonly clock: Clock;
}

export function createApprovalExecutor({ store, clock }: ApprovalPorts): CommandExecutor {
  return {
    async execute(call) {
      const { step } = call;
      if (step === undefined) throw needsStep();
      const request = parseRequest(call);
      const id = approvalQuestionId(step);
      const record = (await store.readQuestions(step.runId)).find(
        ({ question }) => question.question_id === id,
      );
      if (record?.answered_at !== undefined) return answered(toOutput(record, record.answered_at));
      const now = clock.now().getTime();
      const question = record?.question ?? toQuestion(id, request, now);
      if (question.due_at === undefined || Date.parse(question.due_at) > now) return waiting(step, question);
      return answered(timedOut(request, question.due_at));
    },
  };
}

// --- internal ---

interface ApprovalRequest {
  readonly message: string;
  readonly choices: readonly string[];
  readonly approvers?: readonly string[];
  readonly timeoutMs?: number;
  readonly onTimeout: string;
}

/** The dispatcher has checked the types. Nothing of it may show a secret. */
function parseRequest({ arguments: given, secrets }: CommandCall): ApprovalRequest {
  const shown = createRedactor(secrets).value(given.body ?? given.with) as {
    readonly message: string;
    readonly choices?: readonly string[] | null;
    readonly approvers?: readonly string[] | null;
    readonly timeout?: string | number | null;
    readonly on_timeout?: string | null;
  }; // checked against the schema of the command
  const timeoutMs = durationMs(shown.timeout, 'with.timeout');
  const choices = shown.choices ?? ['approve', 'reject'];
  const onTimeout = shown.on_timeout ?? 'fail';
  if (onTimeout !== 'fail' && !choices.includes(onTimeout)) throw unknownChoice(onTimeout, choices);
  return {
    message: shown.message,
    choices,
    onTimeout,
    ...(shown.approvers && { approvers: shown.approvers }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  };
}

function toQuestion(id: string, request: ApprovalRequest, now: number): Question {
  const { message, choices, approvers, timeoutMs } = request;
  return {
    question_id: id,
    kind: 'approval',
    message,
    schema: {
      type: 'object',
      required: ['choice'],
      properties: {
        choice: { type: 'string', title: 'Choice', enum: choices },
        comment: { type: 'string', title: 'Comment', description: 'Why, for those who read the run.' },
      },
      additionalProperties: false,
    },
    ...(approvers && { approvers }),
    ...(timeoutMs !== undefined && { due_at: new Date(now + timeoutMs).toISOString() }),
  };
}

function waiting({ runId }: CallingStep, question: Question): CommandResult {
  const { due_at } = question;
  const body: WaitingCall = {
    run_id: runId,
    status: 'waiting',
    question,
    ...(due_at !== undefined && { due_at }),
  };
  return { status: waitingStatus, headers: {}, body };
}

function answered(body: object): CommandResult {
  return { status: 200, headers: {}, body };
}

function toOutput({ answer, answered_by }: QuestionRecord, at: string): object {
  const { choice, comment } = answer as { choice: string; comment?: string }; // checked when it was answered
  return { choice, comment: comment ?? null, by: answered_by ?? null, at };
}

/** @throws {OattyError} `STEP_TIMEOUT` unless the manifest says what happens then */
function timedOut({ onTimeout, message, timeoutMs }: ApprovalRequest, at: string): object {
  if (onTimeout !== 'fail') return { choice: onTimeout, comment: null, by: null, at };
  throw new OattyError('STEP_TIMEOUT', `Nobody answered in time: ${message}`, {
    suggestedAction: 'Raise the timeout of the approval, name on_timeout, or resume the run.',
    context: { timeout_ms: timeoutMs ?? null, due_at: at },
  });
}

function unknownChoice(onTimeout: string, choices: readonly string[]): OattyError {
  return new OattyError('ARGUMENT_INVALID', `on_timeout "${onTimeout}" is none of the choices.`, {
    suggestedAction: `Use fail, or one of: ${choices.join(', ')}.`,
    context: { choices },
  });
}

function needsStep(): OattyError {
  return new OattyError('ARGUMENT_INVALID', '"oatty approval" works only as a step of a workflow.', {
    suggestedAction: 'Write a step with run: oatty approval.',
  });
}
