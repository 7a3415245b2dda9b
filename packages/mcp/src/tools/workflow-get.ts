import * as z from 'zod';
import { defineTool } from './tool.ts';

export const workflowGet = defineTool({
  kind: 'call',
  name: 'workflow.get',
  description: 'Reads a saved workflow: text, parsed manifest, and the version for workflow.save.',
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
