import * as z from 'zod';
import { jsonObject } from './argument-schemas.ts';
import { manifestSource, toSelector } from './manifest-source.ts';
import { defineTool } from './tool.ts';

export const workflowPreviewRendered = defineTool({
  kind: 'call',
  name: 'workflow.preview_rendered',
  description:
    'Shows what each step would send. What only a run can tell stays template text, listed in unresolved.',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({ ...manifestSource, inputs: jsonObject.optional() }),
  output: {
    workflow_id: 'string',
    rendered_steps: 'array',
    rendered_final_output: 'any',
    unresolved: 'array',
  },
  fullOutput: async () => (await import('../outputs/workflow-outputs.ts')).renderedPreview,
  run: (args, { oatty, caller }) =>
    oatty.workflows.previewRendered(toSelector(args), args.inputs, { caller }),
});
