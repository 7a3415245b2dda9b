import * as z from 'zod';
import { confirmArgument, jsonObject } from './argument-schemas.ts';
import { manifestContent } from './manifest-source.ts';
import { savedOperationOutput } from './operation-output.ts';
import { startOperation } from './start-operation.ts';
import { defineTool } from './tool.ts';

export const workflowRepairAndRerun = defineTool({
  kind: 'task',
  name: 'workflow.repair_and_rerun',
  description:
    'Corrects a workflow whose run failed or that has violations, with the model of the client (sampling) or by manifest_content; saves it over the old one and runs it again from the beginning, as a task. The inputs of the failed run are taken again.',
  safety: 'standard',
  executionType: 'workflow',
  isIdempotent: false,
  isOpenWorld: true,
  input: z.strictObject({
    run_id: z.string().optional().describe('A run that failed.'),
    workflow_id: z.string().optional().describe('Or a saved workflow.'),
    manifest_content: manifestContent.optional().describe('The corrected manifest.'),
    changes: z.string().optional().describe('What the model is to change.'),
    inputs: jsonObject.optional().describe('In place of those of the failed run.'),
    confirm: confirmArgument,
  }),
  output: savedOperationOutput,
  fullOutput: async () => (await import('../outputs/run-outputs.ts')).operation,
  start: (args, context, { ttlMs }) =>
    startOperation(args, context, ttlMs, (options) =>
      context.oatty.operations.repairAndRerun({
        ...options,
        ...(args.run_id !== undefined && { runId: args.run_id }),
        ...(args.workflow_id !== undefined && { workflowId: args.workflow_id }),
        ...(args.manifest_content !== undefined && { manifest: args.manifest_content }),
        ...(args.changes !== undefined && { changes: args.changes }),
      }),
    ),
});
