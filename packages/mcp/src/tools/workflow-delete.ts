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
  async run(args, { oatty, person }) {
    const { workflow_id, path } = await oatty.workflows.get(args.workflow_id);
    const message = `Delete the workflow "${workflow_id}" (${path})?`;
    await requireConfirmation({ message, confirm: args.confirm, context: { workflow_id, path } }, person);
    return oatty.workflows.delete(workflow_id);
  },
});
