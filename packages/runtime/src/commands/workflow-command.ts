/** Saved workflows as commands: `workflow <id>`, with their inputs as parameters. */
import type { SignedWorkflow } from '@oatty/registry';
import type { Command, Effect } from '@oatty/types';

export const workflowVendor = 'workflow';

/** The id behind `workflow <id>`, or `undefined` for any other command. */
export function fromWorkflowCommandId(commandId: string): string | undefined {
  const [vendor, id, ...rest] = commandId.trim().split(/\s+/);
  return vendor === workflowVendor && rest.length === 0 ? id : undefined;
}

/** Ids of the saved workflows among commands. */
export function subWorkflowIds(commandIds: readonly string[]): string[] {
  return commandIds.flatMap((commandId) => fromWorkflowCommandId(commandId) ?? []);
}

/** @param effect - the greatest effect of its steps */
export function toWorkflowCommand({ listing, signature }: SignedWorkflow, effect: Effect): Command {
  const { workflow_id, title, description } = listing;
  return {
    id: `${workflowVendor} ${workflow_id}`,
    summary: title ?? description ?? `Runs the workflow ${workflow_id}.`,
    ...(description !== null && { description }),
    effect,
    parameters: signature.parameters,
    execution: { kind: 'workflow', workflow_id },
  };
}
