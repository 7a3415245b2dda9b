import * as z from 'zod';
import { inputsArgument } from './argument-schemas.ts';
import { manifestSource, toSelector } from './manifest-source.ts';
import { defineTool } from './tool.ts';

export const workflowPreviewInputs = defineTool({
  kind: 'call',
  name: 'workflow.preview_inputs',
  description: 'Shows which inputs a workflow asks for, with defaults, rules and what is still missing.',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({ ...manifestSource, partial_inputs: inputsArgument }),
  output: z.object({
    workflow_id: z.string(),
    required_missing: z.array(z.string()),
    inputs: z.array(z.unknown()),
  }),
  run: (args, { oatty }) => oatty.workflows.previewInputs(toSelector(args), args.partial_inputs),
});
