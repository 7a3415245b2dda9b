import * as z from 'zod';
import { manifestSource, toSelector } from './manifest-source.ts';
import { defineTool } from './tool.ts';

export const workflowValidate = defineTool({
  kind: 'call',
  name: 'workflow.validate',
  description:
    'Checks a manifest: schema, commands, expressions. Gives every violation at once, with lines and suggestions. Runs nothing. When valid: workflow.save.',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject(manifestSource),
  output: { valid: 'boolean', workflow_id: 'any', violations: 'array', warnings: 'array' },
  fullOutput: async () => (await import('../outputs/workflow-outputs.ts')).workflowValidation,
  run: (args, { oatty }) => oatty.workflows.validate(toSelector(args)),
});
