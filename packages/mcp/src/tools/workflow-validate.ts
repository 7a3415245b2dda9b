import * as z from 'zod';
import { manifestSource, toSelector } from './manifest-source.ts';
import { defineTool } from './tool.ts';

export const workflowValidate = defineTool({
  kind: 'call',
  name: 'workflow.validate',
  description:
    'Checks a manifest against its schema, the commands and the expressions. Gives every violation and warning at once, with lines. Runs nothing.',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject(manifestSource),
  output: z.object({
    valid: z.boolean(),
    workflow_id: z.string().nullable(),
    violations: z
      .array(z.unknown())
      .describe('path, rule, message, expected?, actual?, line?, column?, suggestion?'),
    warnings: z.array(z.unknown()).describe('Same shape; they do not stop a run.'),
  }),
  run: (args, { oatty }) => oatty.workflows.validate(toSelector(args)),
});
