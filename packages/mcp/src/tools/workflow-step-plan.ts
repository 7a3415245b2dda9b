import * as z from 'zod';
import { inputsArgument } from './argument-schemas.ts';
import { manifestSource, toSelector } from './manifest-source.ts';
import { defineTool } from './tool.ts';

export const workflowStepPlan = defineTool({
  kind: 'call',
  name: 'workflow.step_plan',
  description: 'Shows the steps in order with conditions, dependencies and effects. Runs nothing.',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({ ...manifestSource, inputs: inputsArgument }),
  output: z.object({
    workflow_id: z.string(),
    effect: z.string().describe('safe, standard or destructive: the greatest of the steps.'),
    plan_hash: z.string(),
    steps: z
      .array(z.unknown())
      .describe('index, step_id, run, effect, depends_on, condition, will_run (null: known at run time)'),
  }),
  run: (args, { oatty, caller }) => oatty.workflows.stepPlan(toSelector(args), args.inputs, { caller }),
});
