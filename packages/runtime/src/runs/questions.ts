/** Questions as forms: a flat object of plain values, which every client of MCP and every terminal can show. */
import type { Plan } from '@oatty/engine';
import type { Question, Workflow, WorkflowInput } from '@oatty/types';

export interface InputQuestion {
  readonly id: string;
  readonly workflow: Workflow;
  /** Inputs to ask for. */
  readonly names: readonly string[];
  readonly choices: Readonly<Record<string, readonly { readonly value: unknown; readonly label: string }[]>>;
  /** What was wrong with the last answer. */
  readonly problems: readonly string[];
}

export function toInputQuestion({ id, workflow, names, choices, problems }: InputQuestion): Question {
  const title = workflow.title ?? workflow.workflow;
  const before = problems.length > 0 ? `${problems.join(' ')} ` : '';
  return {
    question_id: id,
    kind: 'input',
    message: `${before}"${title}" needs ${names.join(', ')}.`,
    schema: {
      type: 'object',
      required: names,
      properties: Object.fromEntries(
        names.map((name) => [name, toProperty(name, workflow.inputs?.[name] ?? {}, choices[name] ?? [])]),
      ),
    },
  };
}

export function toConfirmationQuestion(id: string, { workflow_id, steps }: Plan): Question {
  const names = steps
    .filter(({ effect, will_run }) => effect === 'destructive' && will_run !== false)
    .map(({ step_id, run }) => `${step_id} (${run})`);
  return {
    question_id: id,
    kind: 'confirmation',
    message: `Workflow "${workflow_id}" may remove data in ${names.join(', ')}. Run it?`,
    schema: {
      type: 'object',
      required: ['confirm'],
      properties: {
        confirm: { type: 'boolean', title: 'Run it', description: 'The steps named may remove data.' },
      },
    },
  };
}

// --- internal ---

function toProperty(
  name: string,
  input: WorkflowInput,
  choices: readonly { readonly value: unknown; readonly label: string }[],
): Readonly<Record<string, unknown>> {
  const description = input.description ?? input.hint;
  const head = {
    title: input.name?.trim() || name,
    ...(typeof description === 'string' && { description }),
    ...(input.secret === true && { writeOnly: true }),
  };
  const texts = choices.filter(({ value }) => typeof value === 'string');
  if (texts.length > 0 && texts.length === choices.length && input.mode !== 'multiple') {
    return {
      ...head,
      type: 'string',
      enum: texts.map(({ value }) => value),
      enumNames: texts.map(({ label }) => label),
    };
  }
  const allowed = input.enum ?? input.validate?.enum ?? [];
  if (allowed.length > 0 && allowed.every((value) => typeof value === 'string')) {
    return { ...head, type: 'string', enum: allowed };
  }
  return { ...head, ...toPlainType(input) };
}

/** Lists and objects are given as text: JSON, or values separated by commas. */
function toPlainType({ type, validate, mode }: WorkflowInput): Readonly<Record<string, unknown>> {
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
