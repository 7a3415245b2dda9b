/**
 * A saved workflow as a command, with its inputs as parameters.
 *
 * Apart from `workflow-commands.ts`, so that nobody loads YAML and zod who has no saved workflows.
 */
import { isRequiredInput } from '@oatty/engine';
import { parseWorkflowText } from '@oatty/registry';
import type { WorkflowText } from '@oatty/registry';
import { workflowSchema } from '@oatty/types';
import type { Command, CommandParameter, JsonSchema, Workflow, WorkflowInput } from '@oatty/types';
import { workflowVendor } from './workflow-command-id.ts';

export interface SavedWorkflow {
  readonly version: string;
  readonly workflow: Workflow;
  /** The effect is that of its steps, which change without it. */
  readonly command: Omit<Command, 'effect'>;
}

/** @returns `undefined` for a text that does not parse or has not the shape of a workflow */
export async function readSavedWorkflow(text: WorkflowText): Promise<SavedWorkflow | undefined> {
  const parsed = await parseWorkflowText(text.content, text.format).catch(() => undefined);
  const { data: workflow } = workflowSchema.safeParse(parsed?.value);
  return workflow && { version: text.version, workflow, command: toCommand(workflow) };
}

// --- internal ---

function toCommand(workflow: Workflow): SavedWorkflow['command'] {
  return {
    id: `${workflowVendor} ${workflow.workflow}`,
    summary: workflow.title ?? workflow.description ?? `Runs the workflow ${workflow.workflow}.`,
    ...(typeof workflow.description === 'string' && { description: workflow.description }),
    parameters: Object.entries(workflow.inputs ?? {}).map(([name, input]) => toParameter(name, input)),
    execution: { kind: 'workflow', workflow_id: workflow.workflow },
  };
}

/** A default may turn out to have no value; then the run says so. */
function toParameter(name: string, input: WorkflowInput): CommandParameter {
  const hasDefault = input.default !== null && input.default !== undefined;
  return {
    name,
    in: 'body',
    required: isRequiredInput(input) && !hasDefault,
    ...(typeof input.description === 'string' && { description: input.description }),
    schema: toSchema(input),
  };
}

/** What can be said of the values without resolving them; the run itself checks the rest. */
function toSchema(input: WorkflowInput): JsonSchema {
  if (input.mode === 'multiple' || input.type === null || input.type === undefined) return {};
  const type = jsonTypes[input.type];
  return isRequiredInput(input) ? { type } : { type: [type, 'null'] };
}

const jsonTypes: Readonly<Record<NonNullable<WorkflowInput['type']>, string>> = {
  string: 'string',
  integer: 'integer',
  number: 'number',
  float: 'number',
  double: 'number',
  boolean: 'boolean',
  array: 'array',
  object: 'object',
  date: 'string',
  datetime: 'string',
};
