/** What a workflow asks for, without asking anybody: no provider runs and no default is looked up. */
import { isRequiredInput } from '@oatty/types';
import type { Workflow, WorkflowInput } from '@oatty/types';
import { secretMark } from './secret-inputs.ts';

export interface InputsPreview {
  readonly workflow_id: string;
  readonly inputs: readonly InputPreview[];
  /** Required inputs that have no given value and no default. */
  readonly required_missing: readonly string[];
}

export interface InputPreview {
  readonly input: string;
  readonly label: string;
  readonly description: string | null;
  readonly type: string | null;
  readonly required: boolean;
  readonly secret: boolean;
  readonly mode: 'single' | 'multiple';
  readonly default?: WorkflowInput['default'];
  readonly validate?: WorkflowInput['validate'];
  readonly enum?: WorkflowInput['enum'];
  readonly provider?: WorkflowInput['provider'];
  readonly select?: WorkflowInput['select'];
  /** Other inputs whose values the provider needs. */
  readonly depends_on?: WorkflowInput['depends_on'];
  readonly placeholder?: string;
  readonly hint?: string;
  readonly example?: string;
}

export function previewInputs(
  workflow: Workflow,
  given: Readonly<Record<string, unknown>> = {},
): InputsPreview {
  const inputs = Object.entries(workflow.inputs ?? {});
  const isMissing = ([name, input]: [string, WorkflowInput]) =>
    isRequiredInput(input) &&
    (input.default ?? undefined) === undefined &&
    (!Object.hasOwn(given, name) || (given[name] ?? undefined) === undefined);
  return {
    workflow_id: workflow.workflow,
    inputs: inputs.map(([name, input]) => previewInput(name, input)),
    required_missing: inputs.filter(isMissing).map(([name]) => name),
  };
}

// --- internal ---

function previewInput(name: string, input: WorkflowInput): InputPreview {
  const { default: fallback, validate, enum: allowed, provider, select, depends_on } = input;
  const { placeholder, hint, example } = input;
  return {
    input: name,
    label: input.name?.trim() || name,
    description: input.description ?? null,
    type: input.type ?? null,
    required: isRequiredInput(input),
    secret: input.secret === true,
    mode: input.mode ?? 'single',
    ...(fallback && { default: input.secret === true ? maskLiteral(fallback) : fallback }),
    ...(validate && { validate }),
    ...(allowed && { enum: allowed }),
    ...(provider && { provider }),
    ...(select && { select }),
    ...(depends_on && { depends_on }),
    ...(placeholder && { placeholder }),
    ...(hint && { hint }),
    ...(example && { example }),
  };
}

function maskLiteral(fallback: NonNullable<WorkflowInput['default']>): WorkflowInput['default'] {
  return fallback.from === 'literal' ? { from: 'literal', value: secretMark } : fallback;
}
