import * as z from 'zod';
import { defineTool } from './tool.ts';

export const workflowGet = defineTool({
  kind: 'call',
  name: 'workflow.get',
  description:
    'Reads a saved workflow: its text, the parsed manifest, and the version that workflow.save takes as expected_version.',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({ workflow_id: z.string() }),
  output: {
    workflow_id: 'string',
    path: 'string',
    format: 'string',
    content: 'string',
    parsed: 'any',
    version: 'string',
  },
  fullOutput: async () => (await import('../outputs/workflow-outputs.ts')).workflowDocument,
  run: (args, { oatty }) => oatty.workflows.get(args.workflow_id),
});
