import { nameDependents } from '@oatty/runtime';
import * as z from 'zod';
import { confirmArgument } from './argument-schemas.ts';
import { requireConfirmation } from './person.ts';
import { defineTool } from './tool.ts';

export const workflowDelete = defineTool({
  kind: 'call',
  name: 'workflow.delete',
  description: 'Deletes a saved workflow. The person confirms it.',
  safety: 'destructive',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({ workflow_id: z.string(), confirm: confirmArgument }),
  output: { deleted: 'boolean', workflow_id: 'string', path: 'string', warnings: 'array' },
  fullOutput: async () => (await import('../outputs/workflow-outputs.ts')).workflowDeleted,
  async run(args, { oatty, caller, person }) {
    const { workflow_id, path } = await oatty.workflows.get(args.workflow_id);
    const dependents = await oatty.workflows.dependentsOf(workflow_id, { caller });
    const { workflows, schedules } = dependents;
    const needed = nameDependents(dependents);
    const message = `Delete the workflow "${workflow_id}" (${path})${needed === undefined ? '' : `, which ${needed} would fail without`}?`;
    const context = {
      workflow_id,
      path,
      ...(workflows.length > 0 && { called_by: workflows.slice(0, maxNamed) }),
      ...(schedules.length > 0 && { scheduled_by: schedules.slice(0, maxNamed) }),
    };
    await requireConfirmation({ message, confirm: args.confirm, context }, person);
    return oatty.workflows.delete(workflow_id, { caller });
  },
});

// --- internal ---

const maxNamed = 20;
