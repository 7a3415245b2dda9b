import * as z from 'zod';
import { defineTool } from './tool.ts';

export const workflowList = defineTool({
  kind: 'call',
  name: 'workflow.list',
  description: 'Lists saved workflows, and files there that cannot be read.',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({}),
  output: { items: 'array', problems: 'array' },
  fullOutput: async () => (await import('../outputs/workflow-outputs.ts')).workflowList,
  run: (_args, { oatty }) => oatty.workflows.list(),
});
