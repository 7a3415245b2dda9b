import { isTerminal, OattyError } from '@oatty/types';
import * as z from 'zod';
import { confirmArgument } from './argument-schemas.ts';
import { requireConfirmation } from './person.ts';
import { defineTool } from './tool.ts';

export const workflowCancel = defineTool({
  kind: 'call',
  name: 'workflow.cancel',
  description: 'Stops a run; what is done stays done. The person confirms it.',
  safety: 'destructive',
  executionType: 'workflow',
  isIdempotent: true,
  isOpenWorld: true,
  input: z.strictObject({
    operation_id: z.string().describe('Task id or run id.'),
    confirm: confirmArgument,
  }),
  output: { operation_id: 'string', run_id: 'string', workflow_id: 'string', status: 'string' },
  fullOutput: async () => (await import('../outputs/workflow-outputs.ts')).cancellation,
  async run(args, { oatty, caller, person }) {
    const { run } = await oatty.runs.inspect(args.operation_id, caller.principal);
    const { run_id, workflow_id } = run;
    const context = { run_id, workflow_id };
    if (isTerminal(run.status)) {
      throw new OattyError('RUN_STATE_CONFLICT', `Run "${run_id}" has ended: ${run.status}.`, { context });
    }
    const message = `Cancel the run "${run_id}" of "${workflow_id}"?`;
    await requireConfirmation({ message, confirm: args.confirm, context }, person);
    await oatty.runs.cancel(run_id);
    const { status } = await oatty.runs.wait(run_id);
    return { operation_id: args.operation_id, run_id, workflow_id, status };
  },
});
