/**
 * What a run still has to ask before its first step: missing inputs, and the confirmation of its plan.
 *
 *   P1. It is called again after every answer and in any process: it decides from the journal alone.
 *   P2. An input whose choices or default depend on another missing input is asked for after that one.
 *   P3. A value that is not valid is asked for again, with the reason; after three tries the run fails.
 */
import type { InputResolution, Plan, Prepare, Preparation, QuestionRecord, RunRecord } from '@oatty/engine';
import { OattyError } from '@oatty/types';
import type { Question, Workflow } from '@oatty/types';
import { subWorkflowIds } from '../commands/workflow-command.ts';
import { refuseFailedProviders } from '../workflows/failed-providers.ts';
import { resolveFor } from '../workflows/resolve-inputs.ts';
import type { World } from '../world.ts';
import { stepsToConfirm } from './confirmation.ts';
import { toConfirmationQuestion, toInputQuestion } from './questions.ts';

export function createPrepare(world: World): Prepare {
  return async (run, questions, secretInputs) => {
    const { workflow, caller } = run;
    const { buildPlan, inputDependencies } = await import('@oatty/engine');
    await world.commandIndex.refresh();
    await world.workflowCommands.load(subWorkflowIds(workflow.steps.map(({ run: command }) => command)));
    const given = {
      ...withoutSecrets(workflow, { ...run.inputs, ...answersOf(questions) }),
      ...secretInputs,
    };
    const resolution = await resolveFor(world, workflow, given, { caller });
    await refuseFailedProviders(workflow, resolution);
    const open = openInputs(workflow, resolution, inputDependencies);
    if (open.length > 0) return askForInputs(workflow, resolution, open, questions);
    const plan = await buildPlan(workflow, resolution.resolved, world.commandSource);
    return confirm(run, plan, resolution.resolved, questions);
  };
}

// --- internal ---

const maxTries = 3;
const inputQuestionPrefix = 'inputs-';

/** Later answers win. */
function answersOf(questions: readonly QuestionRecord[]): Readonly<Record<string, unknown>> {
  const answers = questions
    .filter(({ question }) => question.question_id.startsWith(inputQuestionPrefix))
    .flatMap(({ answer }) => (typeof answer === 'object' && answer !== null ? Object.entries(answer) : []));
  return Object.fromEntries(answers);
}

/** In the journal they are `[secret]`, which is no value. */
function withoutSecrets(workflow: Workflow, values: Readonly<Record<string, unknown>>) {
  const isSecret = (name: string) => workflow.inputs?.[name]?.secret === true;
  return Object.fromEntries(Object.entries(values).filter(([name]) => !isSecret(name)));
}

/** P2. Names of inputs that are missing or wrong, and that can be asked for now. */
function openInputs(
  { inputs }: Workflow,
  { missing, violations }: InputResolution,
  dependenciesOf: (input: NonNullable<Workflow['inputs']>[string]) => readonly string[],
): readonly string[] {
  const open = Object.entries(inputs ?? {}).filter(
    ([name]) =>
      missing.some(({ input }) => input === name) ||
      violations.some(({ path }) => path === `$.inputs.${name}`),
  );
  const names = new Set(open.map(([name]) => name));
  return open
    .filter(([, input]) => !dependenciesOf(input).some((other) => names.has(other)))
    .map(([name]) => name);
}

/** @throws {OattyError} when there were enough tries */
function askForInputs(
  workflow: Workflow,
  { choices, violations }: InputResolution,
  names: readonly string[],
  questions: readonly QuestionRecord[],
): Preparation {
  const asked = questions.filter(({ question }) => question.question_id.startsWith(inputQuestionPrefix));
  const isExhausted = names.some((name) => countAsked(asked, name) >= maxTries);
  if (isExhausted) {
    throw new OattyError(
      'WORKFLOW_INPUT_VALIDATION_FAILED',
      `Values were asked for ${maxTries} times and are not valid: ${names.join(', ')}.`,
      { context: { workflow_id: workflow.workflow, inputs: names }, violations },
    );
  }
  const question = toInputQuestion({
    id: `${inputQuestionPrefix}${asked.length + 1}`,
    workflow,
    names,
    choices,
    problems: violations.map(({ message }) => message),
  });
  return { kind: 'ask', questions: [question] };
}

function countAsked(asked: readonly QuestionRecord[], name: string): number {
  return asked.filter(({ question }) => Object.hasOwn(propertiesOf(question), name)).length;
}

function propertiesOf({ schema }: Question): object {
  const { properties } = schema;
  return typeof properties === 'object' && properties !== null ? properties : {};
}

/** @throws {OattyError} `CONFIRMATION_REQUIRED` when the answer was no */
function confirm(
  { run_id, workflow_id, max_effect, confirmed_plan }: RunRecord,
  plan: Plan,
  inputs: Readonly<Record<string, unknown>>,
  questions: readonly QuestionRecord[],
): Preparation {
  const steps = stepsToConfirm(plan, max_effect);
  if (steps.length === 0 || confirmed_plan === plan.plan_hash) return { kind: 'ready', inputs };
  const question = toConfirmationQuestion(plan, steps);
  const asked = questions.find((record) => record.question.question_id === question.question_id);
  if (asked?.answered_at === undefined) return { kind: 'ask', questions: [question] };
  if (isYes(asked.answer)) return { kind: 'ready', inputs, confirmedPlan: plan.plan_hash };
  throw new OattyError('CONFIRMATION_REQUIRED', `The plan of workflow "${workflow_id}" was not confirmed.`, {
    context: { run_id, workflow_id },
  });
}

function isYes(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'confirm' in answer && answer.confirm === true;
}
