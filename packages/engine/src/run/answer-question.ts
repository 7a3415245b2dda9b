/** Takes the answer to a question of a run. */
import { OattyError } from '@oatty/types';
import type { JsonSchema, Question } from '@oatty/types';
import { secretMark } from '../input/secret-inputs.ts';
import type { Clock, RunStore } from '../ports.ts';
import { checkValue } from '../schema/check-value.ts';
import { askingRun } from './child-questions.ts';
import type { HeldSecrets } from './held-secrets.ts';

export interface AnswerPorts {
  readonly store: RunStore;
  readonly clock: Clock;
  readonly held: HeldSecrets;
}

/**
 * What the schema marks as `writeOnly` is kept in this process alone; the journal gets `[secret]`.
 *
 * @throws {OattyError} `ARGUMENT_INVALID` for an answer that does not fit or a question that was not asked,
 *   `RUN_STATE_CONFLICT` when it was answered already
 */
export async function answerQuestion(
  runId: string,
  questionId: string,
  answer: unknown,
  { store, clock, held }: AnswerPorts,
): Promise<void> {
  const records = await store.readQuestions(runId);
  const question = records.find((record) => record.question.question_id === questionId)?.question;
  if (question !== undefined) refuseUnlessFitting(question, answer);
  const { shown, secrets } = separateSecrets(question?.schema ?? {}, answer);
  const at = clock.now().toISOString();
  await store.answerQuestion(runId, questionId, { value: shown, at });
  held.add(askingRun(runId, questionId), secrets);
}

// --- internal ---

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
