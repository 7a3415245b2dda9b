import * as z from 'zod';
import { manifestSource } from './manifest-source.ts';
import { defineTool } from './tool.ts';

export const workflowSave = defineTool({
  kind: 'call',
  name: 'workflow.save',
  description: 'Validates a manifest and saves it. The text is kept as it is, comments too.',
  safety: 'standard',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({
    manifest_content: manifestSource.manifest_content.unwrap(),
    format: manifestSource.format,
    workflow_id: z.string().optional().describe("Must be the manifest's own id."),
    overwrite: z.boolean().optional().describe('Replaces a saved workflow of the same id.'),
    expected_version: z.string().optional().describe('Fails when the saved version is another one.'),
  }),
  output: z.object({
    workflow_id: z.string(),
    path: z.string(),
    format: z.string(),
    version: z.string(),
    overwritten: z.boolean(),
    warnings: z.array(z.unknown()),
  }),
  run: (args, { oatty }) =>
    oatty.workflows.save({
      content: args.manifest_content,
      ...(args.format !== undefined && { format: args.format }),
      ...(args.workflow_id !== undefined && { workflowId: args.workflow_id }),
      ...(args.overwrite !== undefined && { overwrite: args.overwrite }),
      ...(args.expected_version !== undefined && { expectedVersion: args.expected_version }),
    }),
});
