import * as z from 'zod';
import { defineTool } from './tool.ts';

export const workflowRename = defineTool({
  kind: 'call',
  name: 'workflow.rename',
  description: 'Gives a saved workflow another id, in its text and as its file.',
  safety: 'standard',
  executionType: 'local',
  isIdempotent: false,
  isOpenWorld: false,
  input: z.strictObject({
    workflow_id: z.string(),
    new_id: z.string(),
    overwrite: z.boolean().optional().describe('Replace a workflow of that id.'),
  }),
  output: {
    workflow_id: 'string',
    renamed_from: 'string',
    path: 'string',
    format: 'string',
    version: 'string',
    overwritten: 'boolean',
    warnings: 'array',
  },
  fullOutput: async () => (await import('../outputs/workflow-outputs.ts')).workflowRenamed,
  run: (args, { oatty, caller }) =>
    oatty.workflows.rename(args.workflow_id, args.new_id, {
      caller,
      ...(args.overwrite !== undefined && { overwrite: args.overwrite }),
    }),
});
