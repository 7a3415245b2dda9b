import * as z from 'zod';
import { jsonObject, planHashArgument } from './argument-schemas.ts';
import { manifestContent } from './manifest-source.ts';
import { savedOperationOutput } from './operation-output.ts';
import { startOperation } from './start-operation.ts';
import { defineTool } from './tool.ts';

export const workflowRepairAndRerun = defineTool({
  kind: 'task',
  name: 'workflow.repair_and_rerun',
  description:
    "Corrects a failed run or saved workflow (client's model, or manifest_content), saves it and runs it as a task.",
  safety: 'standard',
  executionType: 'workflow',
  isIdempotent: false,
  isOpenWorld: true,
  input: z.strictObject({
    run_id: z.string().optional(),
    workflow_id: z.string().optional(),
    manifest_content: manifestContent.optional(),
    changes: z.string().optional(),
    inputs: jsonObject.optional(),
    confirm: z.boolean().optional(),
    plan_hash: planHashArgument,
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
