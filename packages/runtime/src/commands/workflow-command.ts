/** A saved workflow as a command: `workflow <id>`, with its inputs as parameters. */
import type { Command, CommandParameter, Effect, JsonSchema, Workflow, WorkflowInput } from '@oatty/types';

export const workflowVendor = 'workflow';

export function toWorkflowCommandId(workflowId: string): string {
  return `${workflowVendor} ${workflowId}`;
}

/** The id behind `workflow <id>`, or `undefined` for any other command. */
export function fromWorkflowCommandId(commandId: string): string | undefined {
  const [vendor, id, ...rest] = commandId.trim().split(/\s+/);
  return vendor === workflowVendor && rest.length === 0 ? id : undefined;
}

/** Ids of the saved workflows that the steps of one run. */
export function subWorkflowIds(workflow: Pick<Workflow, 'steps'>): string[] {
  return workflow.steps.flatMap(({ run }) => fromWorkflowCommandId(run) ?? []);
}

/** @param effect - the greatest effect of its steps */
export function toWorkflowCommand(workflow: Workflow, effect: Effect): Command {
  return {
    id: toWorkflowCommandId(workflow.workflow),
    summary: workflow.title ?? workflow.description ?? `Runs the workflow ${workflow.workflow}.`,
    ...(typeof workflow.description === 'string' && { description: workflow.description }),
    effect,
    parameters: Object.entries(workflow.inputs ?? {}).map(([name, input]) => toParameter(name, input)),
    execution: { kind: 'workflow', workflow_id: workflow.workflow },
  };
}

// --- internal ---

function toParameter(name: string, input: WorkflowInput): CommandParameter {
  const hasDefault = input.default !== null && input.default !== undefined;
  return {
    name,
    in: 'body',
    required: input.optional !== true && !hasDefault,
    ...(typeof input.description === 'string' && { description: input.description }),
    schema: toSchema(input),
  };
}

/** What can be said of the values without resolving them; the run itself checks the rest. */
function toSchema(input: WorkflowInput): JsonSchema {
  if (input.mode === 'multiple' || input.type === null || input.type === undefined) return {};
  const types: Readonly<Record<NonNullable<WorkflowInput['type']>, string>> = {
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
  const type = types[input.type];
  return input.optional === true ? { type: [type, 'null'] } : { type };
}
