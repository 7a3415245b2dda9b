/** Saved workflows that run another one, for those who rename or delete it. */
import { boundViolations } from '@oatty/types';
import type { Violation } from '@oatty/types';
import { subWorkflowIds } from '../commands/workflow-command.ts';
import type { World } from '../world.ts';

/** A warning for each saved workflow that runs `workflowId`, which is not there any more. By id. */
export async function warnAboutCallers(
  { workflowStore }: World,
  workflowId: string,
  renamedTo?: string,
): Promise<readonly Violation[]> {
  const callers = (await workflowStore.signatures()).flatMap(({ listing, signature }) =>
    subWorkflowIds(signature.runs).includes(workflowId) ? [listing] : [],
  );
  const suggestion = renamedTo === undefined ? undefined : `Let it run "workflow ${renamedTo}".`;
  return boundViolations(
    callers.map(({ workflow_id, path }) => ({
      path: '$',
      rule: 'workflow_called',
      message: `The workflow "${workflow_id}" (${path}) runs "${workflowId}", which is not there any more.`,
      actual: workflow_id,
      ...(suggestion !== undefined && { suggestion }),
    })),
  );
}
