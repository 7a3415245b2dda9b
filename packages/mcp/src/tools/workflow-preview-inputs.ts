import * as z from 'zod';
import { jsonObject } from './argument-schemas.ts';
import { manifestSource, toSelector } from './manifest-source.ts';
import { defineTool } from './tool.ts';

export const workflowPreviewInputs = defineTool({
  kind: 'call',
  name: 'workflow.preview_inputs',
  description: 'Shows the inputs of a workflow: types, defaults, rules, what is missing. Calls nothing.',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({ ...manifestSource, partial_inputs: jsonObject.optional() }),
  output: { workflow_id: 'string', required_missing: 'array', inputs: 'array' },
  fullOutput: async () => (await import('../outputs/workflow-outputs.ts')).inputsPreview,
  run: (args, { oatty }) => oatty.workflows.previewInputs(toSelector(args), args.partial_inputs),
});
