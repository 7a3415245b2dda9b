/**
 * What a run still has to ask before its first step: missing inputs, and the confirmation of a destructive plan.
 *
 *   P1. It is called again after every answer and in any process: it decides from the journal alone.
 *   P2. An answer that is not valid is asked for again, with the reason; after three tries the run fails.
 */
import { OattyError } from '@oatty/types';
import type { Question, Workflow } from '@oatty/types';
import type { InputResolution, Prepare, QuestionRecord, RunRecord } from '@oatty/engine';
import type { World } from '../world.ts';
import { createInputWorld } from '../workflows/input-world.ts';
import { toConfirmationQuestion, toInputQuestion } from './questions.ts';

export function createPrepare(world: World): Prepare {
  return async (run, questions, secretInputs) => {
    const { buildPlan, resolveInputs } = await import('@oatty/engine');
    const { workflow } = run;
    await world.commandIndex.refresh();
    await world.workflowCommands.load([]);
    const given = { ...withoutMasked(run, secretInputs), ...answersOf(questions), ...secretInputs };
    const resolution = await resolveInputs(workflow, given, await createInputWorld(world, run.caller));
    const question = nextInputQuestion(workflow, resolution, questions);
    if (question !== undefined) return { kind: 'ask', questions: [question] };
    const inputs = resolution.resolved;
    const plan = await buildPlan(workflow, inputs, world.commandSource);
    if (plan.effect !== 'destructive' || run.confirmed_plan === plan.plan_hash)
      return { kind: 'ready', inputs };
    const asked = questions.find(
      ({ question: { question_id } }) => question_id === confirmationId(plan.plan_hash),
    );
    if (asked === undefined) {
      return { kind: 'ask', questions: [toConfirmationQuestion(confirmationId(plan.plan_hash), plan)] };
    }
    if (isYes(asked.answer)) return { kind: 'ready', inputs, confirmedPlan: plan.plan_hash };
    throw new OattyError(
      'CONFIRMATION_REQUIRED',
      `The plan of workflow "${workflow.workflow}" was not confirmed.`,
      {
        context: { run_id: run.run_id, workflow_id: workflow.workflow },
      },
    );
  };
}

// --- internal ---

const maxTries = 3;
const inputQuestionPrefix = 'inputs-';

function confirmationId(planHash: string): string {
  return `confirm-${planHash.slice(0, 16)}`;
}

function nextInputQuestion(
  workflow: Workflow,
  { missing, violations, choices }: InputResolution,
  questions: readonly QuestionRecord[],
): Question | undefined {
  const wrong = violations.flatMap(({ path }) =>
    Object.keys(workflow.inputs ?? {}).filter((name) => path === `$.inputs.${name}`),
  );
  const names = [...new Set([...missing.map(({ input }) => input), ...wrong])];
  if (names.length === 0) {
    if (violations.length === 0) return undefined;
    throw new OattyError('WORKFLOW_INPUT_VALIDATION_FAILED', 'Inputs are not valid.', { violations });
  }
  const asked = questions.filter(({ question }) => question.question_id.startsWith(inputQuestionPrefix));
  if (asked.length >= maxTries + missing.length) {
    throw new OattyError(
      'WORKFLOW_INPUTS_INCOMPLETE',
      `Inputs are still missing or wrong: ${names.join(', ')}.`,
      { violations },
    );
  }
  const id = `${inputQuestionPrefix}${asked.length + 1}`;
  return toInputQuestion({
    id,
    workflow,
    names,
    choices,
    problems: violations.map(({ message }) => message),
  });
}

/** Later answers win. */
function answersOf(questions: readonly QuestionRecord[]): Readonly<Record<string, unknown>> {
  const answers = questions
    .filter(({ question }) => question.question_id.startsWith(inputQuestionPrefix))
    .flatMap(({ answer }) => (typeof answer === 'object' && answer !== null ? Object.entries(answer) : []));
  return Object.fromEntries(answers);
}

/** `[secret]` in the row is no value. */
function withoutMasked({ workflow, inputs }: RunRecord, secretInputs: Readonly<Record<string, unknown>>) {
  const isKnown = (name: string) =>
    workflow.inputs?.[name]?.secret !== true || Object.hasOwn(secretInputs, name);
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => isKnown(name)));
}

function isYes(answer: unknown): boolean {
  return (
    answer === true ||
    (typeof answer === 'object' && answer !== null && 'confirm' in answer && answer.confirm === true)
  );
}
