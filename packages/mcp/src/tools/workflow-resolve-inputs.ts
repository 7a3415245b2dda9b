import * as z from 'zod';
import { jsonObject } from './argument-schemas.ts';
import { manifestSource, toSelector } from './manifest-source.ts';
import { defineTool } from './tool.ts';

export const workflowResolveInputs = defineTool({
  kind: 'call',
  name: 'workflow.resolve_inputs',
  description:
    'Applies defaults, checks values, asks providers (safe commands) for choices. When ready is true, it can run.',
  safety: 'standard',
  executionType: 'http',
  isIdempotent: true,
  isOpenWorld: true,
  input: z.strictObject({ ...manifestSource, partial_inputs: jsonObject.optional() }),
  output: {
    workflow_id: 'string',
    ready: 'boolean',
    required_missing: 'array',
    resolved_inputs: 'object',
    violations: 'array',
    provider_resolutions: 'array',
    choices: 'object',
  },
  fullOutput: async () => (await import('../outputs/workflow-outputs.ts')).inputsResolution,
  run: (args, { oatty, caller, signal }) =>
    oatty.workflows.resolveInputs(toSelector(args), args.partial_inputs, { caller, signal }),
});
