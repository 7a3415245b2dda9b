/** Ids of saved workflows as commands: `workflow <id>`. */
import type { Workflow } from '@oatty/types';

export const workflowVendor = 'workflow';

/** The id behind `workflow <id>`, or `undefined` for any other command. */
export function fromWorkflowCommandId(commandId: string): string | undefined {
  const [vendor, id, ...rest] = commandId.trim().split(/\s+/);
  return vendor === workflowVendor && rest.length === 0 ? id : undefined;
}

/** Ids of the saved workflows that the steps of one run. */
export function subWorkflowIds({ steps }: Pick<Workflow, 'steps'>): string[] {
  return steps.flatMap(({ run }) => fromWorkflowCommandId(run) ?? []);
}
