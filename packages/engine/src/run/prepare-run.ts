/**
 * What has to be known before the first step: inputs and a confirmation that were missing at the start, and secret
 * inputs that only an earlier process knew.
 */
import { OattyError } from '@oatty/types';
import type { Operation, Question, Workflow } from '@oatty/types';
import type { QuestionRecord } from '../ports/journal-entry.ts';
import type { RunRecord } from '../ports/run-record.ts';
import { listMissingSecretInputs } from './run-values.ts';
import type { RunState } from './run-state.ts';

/**
 * Completes a run that was started `incomplete`, with the answers that are there so far.
 *
 * It is called again after every answer and after a crash, so it decides from its arguments alone.
 *
 * @param secretInputs - what this process knows of secret inputs; stored answers have `[secret]` in their place
 * @throws {OattyError} what is wrong with an answer; the run fails with it
 */
export type Prepare = (
  run: RunRecord,
  questions: readonly QuestionRecord[],
  secretInputs: Readonly<Record<string, unknown>>,
) => Promise<Preparation>;

export type Preparation =
  | {
      readonly kind: 'ready';
      /** All of them, secret ones in clear. */
      readonly inputs: Readonly<Record<string, unknown>>;
      readonly confirmedPlan?: string;
    }
  /** The workflow of a run that was started without one. What it needs is asked for next. */
  | {
      readonly kind: 'defined';
      readonly workflow: Workflow;
      readonly operation: Operation;
      readonly message: string;
    }
  /** Ids of questions have no `/` and differ from those of answered ones. Secret values are `writeOnly` in a schema. */
  | { readonly kind: 'ask'; readonly questions: readonly Question[] };

export async function completeRun(
  prepare: Prepare | undefined,
  { record, questions }: RunState,
  secretInputs: Readonly<Record<string, unknown>>,
): Promise<Preparation> {
  if (prepare !== undefined) return prepare(record, [...questions.values()], secretInputs);
  throw new OattyError(
    'WORKFLOW_INPUTS_INCOMPLETE',
    'Inputs are missing, and nobody here can ask for them.',
    {
      context: { run_id: record.run_id },
    },
  );
}

/** Asks for secret inputs that this process does not know and a step may still need. */
export function askForSecretInputs(
  { record, results, questions }: RunState,
  secretInputs: Readonly<Record<string, unknown>>,
): Question | undefined {
  const names = listMissingSecretInputs(record, secretInputs);
  const isAllDone = record.workflow.steps.every((step) => results.has(step.id));
  if (names.length === 0 || isAllDone) return undefined;
  const answered = [...questions.values()].filter(
    ({ question, answered_at }) => question.question_id.startsWith(idPrefix) && answered_at !== undefined,
  );
  return {
    question_id: `${idPrefix}${answered.length + 1}`,
    kind: 'input',
    message: `Another process carries this run on and does not know its secret inputs: ${names.join(', ')}.`,
    schema: {
      type: 'object',
      required: names,
      properties: Object.fromEntries(names.map((name) => [name, toProperty(record, name)])),
    },
  };
}

// --- internal ---

const idPrefix = 'secret-inputs-';

function toProperty({ workflow }: RunRecord, name: string) {
  const input = workflow.inputs?.[name];
  const isScalar = input?.type === 'integer' || input?.type === 'number' || input?.type === 'boolean';
  return {
    type: isScalar ? input.type : 'string',
    writeOnly: true,
    ...(typeof input?.description === 'string' && { description: input.description }),
  };
}
