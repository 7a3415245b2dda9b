/** Saved workflows for steps that run one: read and validated at each call, since they may have changed. */
import type { WorkflowSource } from '@oatty/engine';
import type { World } from '../world.ts';
import { requireValidWorkflow } from './check-workflow.ts';

export function createWorkflowSource(world: World): WorkflowSource {
  return {
    load: async (workflowId) => (await requireValidWorkflow(world, { workflowId })).workflow,
  };
}
