import * as z from 'zod';
import { inputsArgument } from './argument-schemas.ts';
import { manifestSource, toSelector } from './manifest-source.ts';
import { defineTool } from './tool.ts';

export const workflowResolveInputs = defineTool({
  kind: 'call',
  name: 'workflow.resolve_inputs',
  description:
    'Applies defaults, checks values and asks providers for choices (safe commands only). A run can start when ready is true.',
  safety: 'standard',
  executionType: 'http',
  isIdempotent: true,
  isOpenWorld: true,
  input: z.strictObject({ ...manifestSource, partial_inputs: inputsArgument }),
  output: z.object({
    workflow_id: z.string(),
    ready: z.boolean(),
    required_missing: z.array(z.string()),
    resolved_inputs: z.unknown().describe('By name; secret values are "[secret]".'),
    violations: z.array(z.unknown()),
    provider_resolutions: z.array(z.unknown()),
    choices: z.unknown().describe('By input: value and label.'),
  }),
  run: (args, { oatty, caller, signal }) =>
    oatty.workflows.resolveInputs(toSelector(args), args.partial_inputs, { caller, signal }),
});
