/**
 * Questions as forms: a flat object of plain values, which every client of MCP and every terminal can show.
 *
 *   F1. What there is to choose from is an `enum`, with the labels in `enumNames`.
 *   F2. Lists and objects are given as text: JSON, or values separated by commas.
 */
import type { Choice, Plan, PlannedStep } from '@oatty/engine';
import type { Question, Workflow, WorkflowInput } from '@oatty/types';
import { nameSteps } from './confirmation.ts';

export interface InputQuestion {
  readonly id: string;
  readonly workflow: Workflow;
  /** Inputs to ask for. */
  readonly names: readonly string[];
  readonly choices: Readonly<Record<string, readonly Choice[]>>;
  /** What was wrong with the last answer. */
  readonly problems: readonly string[];
}

export function toInputQuestion({ id, workflow, names, choices, problems }: InputQuestion): Question {
  const title = workflow.title ?? workflow.workflow;
  const choicesOf = (name: string) => (Object.hasOwn(choices, name) ? choices[name] : undefined) ?? [];
  const properties = names.map(
    (name) => [name, toProperty(name, workflow.inputs?.[name] ?? {}, choicesOf(name))] as const,
  );
  return {
    question_id: id,
    kind: 'input',
    message: [...problems, `"${title}" needs ${names.join(', ')}.`].join(' '),
    schema: toForm(Object.fromEntries(properties)),
  };
}

/** Its id is that of the plan: another plan is another question. */
export function toConfirmationQuestion(
  { workflow_id, plan_hash, effect }: Plan,
  steps: readonly PlannedStep[],
): Question {
  const what = effect === 'destructive' ? 'may remove data' : 'may change data';
  const confirm = { type: 'boolean', title: 'Run it', description: `What is named ${what}.` };
  return {
    question_id: `confirm-${plan_hash}`,
    kind: 'confirmation',
    message: `Workflow "${workflow_id}" ${what} in ${nameSteps(steps)}. Run it?`,
    schema: toForm({ confirm }),
  };
}

// --- internal ---

type Property = Readonly<Record<string, unknown>>;

function toForm(properties: Readonly<Record<string, Property>>): Question['schema'] {
  return { type: 'object', required: Object.keys(properties), properties, additionalProperties: false };
}

function toProperty(name: string, input: WorkflowInput, choices: readonly Choice[]): Property {
  const description = input.description ?? input.hint;
  return {
    title: input.name?.trim() || name,
    ...(typeof description === 'string' && { description }),
    ...(input.secret === true && { writeOnly: true }),
    ...(toChoice(input, choices) ?? toPlainType(input)),
  };
}

/** F1. `undefined` where there is nothing to choose from, or several may be chosen, or not all are of one plain type. */
function toChoice({ mode, enum: listed, validate }: WorkflowInput, offered: readonly Choice[]) {
  const allowed = listed ?? validate?.enum ?? [];
  const choices: readonly Choice[] = offered.length > 0 ? offered : allowed.map(toChoiceOf);
  const [type, ...otherTypes] = new Set(choices.map(({ value }) => typeof value));
  if (mode === 'multiple' || otherTypes.length > 0 || (type !== 'string' && type !== 'number'))
    return undefined;
  return { type, enum: choices.map(({ value }) => value), enumNames: choices.map(({ label }) => label) };
}

function toChoiceOf(value: unknown): Choice {
  return { value, label: typeof value === 'string' ? value : JSON.stringify(value) };
}

/** F2 */
function toPlainType({ type, validate, mode }: WorkflowInput): Property {
  if (mode !== 'multiple' && type === 'boolean') return { type: 'boolean' };
  const limits = {
    ...(typeof validate?.minimum === 'number' && { minimum: validate.minimum }),
    ...(typeof validate?.maximum === 'number' && { maximum: validate.maximum }),
  };
  if (mode !== 'multiple' && type === 'integer') return { type: 'integer', ...limits };
  if (mode !== 'multiple' && (type === 'number' || type === 'float' || type === 'double')) {
    return { type: 'number', ...limits };
  }
  return {
    type: 'string',
    ...(typeof validate?.min_length === 'number' && { minLength: validate.min_length }),
    ...(typeof validate?.max_length === 'number' && { maxLength: validate.max_length }),
    ...(type === 'date' && { format: 'date' }),
    ...(type === 'datetime' && { format: 'date-time' }),
  };
}
