import * as z from 'zod';
import { workflowIdArgument } from './argument-schemas.ts';
import { defineTool } from './tool.ts';

export const workflowGet = defineTool({
  kind: 'call',
  name: 'workflow.get',
  description: 'Reads one saved workflow: its text, its parsed form and its version.',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({ workflow_id: workflowIdArgument }),
  output: z.object({
    workflow_id: z.string(),
    path: z.string(),
    format: z.string(),
    content: z.string().describe("The author's text."),
    parsed: z.unknown().describe('The manifest as JSON; null when it does not parse.'),
    version: z.string().describe('For expected_version of workflow.save.'),
  }),
  run: (args, { oatty }) => oatty.workflows.get(args.workflow_id),
});
