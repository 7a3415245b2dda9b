/** Takes the answer to a question of a run. */
import { OattyError } from '@oatty/types';
import type { JsonSchema, Question } from '@oatty/types';
import { hasGoneOn } from '../approval/approval-question.ts';
import { secretMark } from '../input/secret-inputs.ts';
import type { Clock } from '../ports/clock.ts';
import type { RunStore } from '../ports/run-store.ts';
import { checkValue } from '../schema/check-value.ts';
import { askingRun } from './child-questions.ts';
import type { HeldSecrets } from './held-secrets.ts';

export interface GivenAnswer {
  readonly value: unknown;
  /** The principal. */
  readonly by?: string;
}

export interface AnswerPorts {
  readonly store: RunStore;
  readonly clock: Clock;
  readonly held: HeldSecrets;
}

/**
 * What the schema marks as `writeOnly` is kept in this process alone; the journal gets `[secret]`.
 *
 * @throws {OattyError} `ARGUMENT_INVALID` for an answer that does not fit or a question that was not asked,
 *   `RUN_STATE_CONFLICT` when it was answered already or its time is over, `POLICY_DENIED` when somebody else has to
 *   answer
 */
export async function answerQuestion(
  runId: string,
  questionId: string,
  { value, by }: GivenAnswer,
  { store, clock, held }: AnswerPorts,
): Promise<void> {
  const records = await store.readQuestions(runId);
  const question = records.find((record) => record.question.question_id === questionId)?.question;
  if (question !== undefined) {
    refuseUnlessApprover(question, by);
    await refuseIfTooLate(runId, question, { store, clock });
    refuseUnlessFitting(question, value);
  }
  const { shown, secrets } = separateSecrets(question?.schema ?? {}, value);
  await store.answerQuestion(runId, questionId, {
    value: shown,
    at: clock.now().toISOString(),
    ...(by !== undefined && { by }),
  });
  held.add(askingRun(runId, questionId), secrets);
}

// --- internal ---

function refuseUnlessApprover({ question_id, approvers }: Question, by: string | undefined): void {
  if (approvers === undefined || (by !== undefined && approvers.includes(by))) return;
  throw new OattyError(
    'POLICY_DENIED',
    `"${by ?? 'nobody'}" may not answer this: ${approvers.join(', ')} may.`,
    {
      suggestedAction: 'Let one of the approvers answer.',
      context: { question_id, approvers, principal: by ?? null },
    },
  );
}

/** By the clock, or because the run has gone on by an earlier one. */
async function refuseIfTooLate(
  runId: string,
  { question_id, due_at }: Question,
  { store, clock }: Pick<AnswerPorts, 'store' | 'clock'>,
): Promise<void> {
  if (due_at === undefined) return;
  const isInTime = Date.parse(due_at) > clock.now().getTime();
  if (isInTime && !(await hasGoneOn(askingRun(runId, question_id), question_id, store))) return;
  throw new OattyError('RUN_STATE_CONFLICT', `The time to answer was over at ${due_at}.`, {
    suggestedAction: 'Read the status of the run: it has gone on without an answer.',
    context: { question_id, due_at },
  });
}

function refuseUnlessFitting({ question_id, schema }: Question, answer: unknown): void {
  const issues = checkValue(answer, schema, {});
  const [first] = issues;
  if (first === undefined) return;
  const name = first.path.length === 0 ? 'The answer' : `"${first.path.join('.')}"`;
  throw new OattyError('ARGUMENT_INVALID', `${name} ${first.message}.`, {
    suggestedAction: 'Answer as the schema of the question says.',
    context: { question_id },
    violations: issues.map(({ path, rule, message, expected }) => ({
      path: ['$', ...path].join('.'),
      rule,
      message,
      ...(expected !== undefined && { expected }),
    })),
  });
}

function separateSecrets(schema: JsonSchema, answer: unknown) {
  if (typeof answer !== 'object' || answer === null) return { shown: answer, secrets: {} };
  const isSecret = (name: string): boolean => {
    return Object.hasOwn(schema.properties ?? {}, name) && schema.properties?.[name]?.['writeOnly'] === true;
  };
  const entries = Object.entries(answer);
  return {
    shown: Object.fromEntries(entries.map(([name, value]) => [name, isSecret(name) ? secretMark : value])),
    secrets: Object.fromEntries(entries.filter(([name]) => isSecret(name))),
  };
}
