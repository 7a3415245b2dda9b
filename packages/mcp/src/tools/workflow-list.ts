import * as z from 'zod';
import { defineTool } from './tool.ts';

export const workflowList = defineTool({
  kind: 'call',
  name: 'workflow.list',
  description: 'Lists the saved workflows, and files that cannot be read.',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({}),
  output: z.object({
    items: z
      .array(z.unknown())
      .describe('workflow_id, title, description, path, format, version, inputs, steps'),
    problems: z.array(z.unknown()).describe('path, message'),
  }),
  run: (_args, { oatty }) => oatty.workflows.list(),
});
