import * as z from 'zod';
import { manifestContent } from './manifest-source.ts';
import { defineTool } from './tool.ts';

export const workflowSave = defineTool({
  kind: 'call',
  name: 'workflow.save',
  description: 'Validates a manifest and saves its text as it is. To change a workflow: workflow.get first.',
  safety: 'standard',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({
    manifest_content: manifestContent.describe('YAML or JSON.'),
    workflow_id: z.string().optional().describe("The manifest's own id."),
    overwrite: z.boolean().optional(),
    expected_version: z.string().optional().describe('Fails when the saved one has another.'),
  }),
  output: {
    workflow_id: 'string',
    path: 'string',
    format: 'string',
    version: 'string',
    overwritten: 'boolean',
    warnings: 'array',
  },
  fullOutput: async () => (await import('../outputs/workflow-outputs.ts')).workflowSaved,
  run: (args, { oatty, caller }) =>
    oatty.workflows.save({
      content: args.manifest_content,
      caller,
      ...(args.workflow_id !== undefined && { workflowId: args.workflow_id }),
      ...(args.overwrite !== undefined && { overwrite: args.overwrite }),
      ...(args.expected_version !== undefined && { expectedVersion: args.expected_version }),
    }),
});
