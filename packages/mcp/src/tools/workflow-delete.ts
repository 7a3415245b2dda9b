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
    const callers = await oatty.workflows.callersOf(workflow_id);
    const message = `Delete the workflow "${workflow_id}" (${path})${toCallersText(callers)}?`;
    const context = {
      workflow_id,
      path,
      ...(callers.length > 0 && { called_by: callers.slice(0, maxNamed) }),
    };
    await requireConfirmation({ message, confirm: args.confirm, context }, person);
    return oatty.workflows.delete(workflow_id);
  },
});

// --- internal ---

const maxNamed = 20;

function toCallersText(callers: readonly string[]): string {
  if (callers.length === 0) return '';
  const more = callers.length > maxNamed ? ` and ${callers.length - maxNamed} more` : '';
  return `, which ${callers.slice(0, maxNamed).join(', ')}${more} would fail without`;
}
