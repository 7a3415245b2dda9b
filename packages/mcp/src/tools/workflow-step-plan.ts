import * as z from 'zod';
import { jsonObject } from './argument-schemas.ts';
import { manifestSource, toSelector } from './manifest-source.ts';
import { defineTool } from './tool.ts';

export const workflowStepPlan = defineTool({
  kind: 'call',
  name: 'workflow.step_plan',
  description: 'Shows the steps in order, with conditions, dependencies and effects. Runs nothing.',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({ ...manifestSource, inputs: jsonObject.optional() }),
  output: { workflow_id: 'string', effect: 'string', plan_hash: 'string', steps: 'array' },
  fullOutput: async () => (await import('../outputs/workflow-outputs.ts')).stepPlan,
  run: (args, { oatty, caller }) => oatty.workflows.stepPlan(toSelector(args), args.inputs, { caller }),
});
