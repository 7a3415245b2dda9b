import type { Workflow } from '@oatty/types';
import { subWorkflowIds } from '../commands/workflow-command.ts';
import type { World } from '../world.ts';

/** Makes the commands of a manifest known here, as they are now: it may come from another process. */
export async function loadRunCommands(
  { commandIndex, workflowCommands }: World,
  workflow: Workflow | undefined,
): Promise<void> {
  await commandIndex.refresh();
  await workflowCommands.load(subWorkflowIds((workflow?.steps ?? []).map(({ run }) => run)));
}
