import * as z from 'zod';
import { jsonObject, planHashArgument } from './argument-schemas.ts';
import { manifestContent } from './manifest-source.ts';
import { savedOperationOutput } from './operation-output.ts';
import { startOperation } from './start-operation.ts';
import { defineTool } from './tool.ts';

export const workflowAuthorAndRun = defineTool({
  kind: 'task',
  name: 'workflow.author_and_run',
  description: "Drafts a workflow (client's model, or manifest_content), saves it and runs it as a task.",
  safety: 'standard',
  executionType: 'workflow',
  isIdempotent: false,
  isOpenWorld: true,
  input: z.strictObject({
    goal: z.string().optional(),
    manifest_content: manifestContent.optional(),
    target_system: z.string().optional(),
    constraints: z.string().optional(),
    inputs: jsonObject.optional(),
    overwrite: z.boolean().optional(),
    confirm: z.boolean().optional(),
    plan_hash: planHashArgument,
  }),
  output: savedOperationOutput,
  fullOutput: async () => (await import('../outputs/run-outputs.ts')).operation,
  start: (args, context, { ttlMs }) =>
    startOperation(args, context, ttlMs, (options) =>
      context.oatty.operations.authorAndRun({
        ...options,
        ...(args.goal !== undefined && { goal: args.goal }),
        ...(args.manifest_content !== undefined && { manifest: args.manifest_content }),
        ...(args.target_system !== undefined && { targetSystem: args.target_system }),
        ...(args.constraints !== undefined && { constraints: args.constraints }),
        ...(args.overwrite !== undefined && { overwrite: args.overwrite }),
      }),
    ),
});
