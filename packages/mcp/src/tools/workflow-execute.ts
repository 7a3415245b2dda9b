import * as z from 'zod';
import { confirmArgument, jsonObject, planHashArgument } from './argument-schemas.ts';
import { operationOutput } from './operation-output.ts';
import { startRun } from './start-run.ts';
import { defineTool } from './tool.ts';

export const workflowExecute = defineTool({
  kind: 'task',
  name: 'workflow.execute',
  description: 'Runs a saved workflow as a task; ends with a summary and the outputs.',
  safety: 'standard',
  executionType: 'workflow',
  isIdempotent: false,
  isOpenWorld: true,
  input: z.strictObject({
    workflow_id: z.string(),
    inputs: jsonObject.optional(),
    confirm: confirmArgument,
    plan_hash: planHashArgument,
  }),
  output: operationOutput,
  fullOutput: async () => (await import('../outputs/run-outputs.ts')).operation,
  start: (args, context, { ttlMs }) =>
    startRun(args, context, { ttlMs, ask: context.person.canBeAsked, operation: 'workflow.execute' }),
});
