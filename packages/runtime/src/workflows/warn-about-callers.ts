/** Saved workflows that run another one, for those who rename or delete it. */
import { boundViolations } from '@oatty/types';
import type { Violation } from '@oatty/types';
import { subWorkflowIds } from '../commands/workflow-command.ts';
import type { World } from '../world.ts';

/** Of saved workflows that run it, by id. */
export async function listCallers({ workflowStore }: World, workflowId: string): Promise<readonly string[]> {
  const callers = await findCallers(workflowStore, workflowId);
  return callers.map(({ workflow_id }) => workflow_id);
}

/** A warning for each saved workflow that runs `workflowId`, which is not there any more. By id. */
export async function warnAboutCallers(
  { workflowStore }: World,
  workflowId: string,
  renamedTo?: string,
): Promise<readonly Violation[]> {
  const callers = await findCallers(workflowStore, workflowId);
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

// --- internal ---

async function findCallers(workflowStore: World['workflowStore'], workflowId: string) {
  return (await workflowStore.signatures()).flatMap(({ listing, signature }) =>
    subWorkflowIds(signature.runs).includes(workflowId) ? [listing] : [],
  );
}
