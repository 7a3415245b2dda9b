import * as z from 'zod';
import { startRun, startRunArguments } from './start-run.ts';
import { defineTool } from './tool.ts';

export const runStart = defineTool({
  kind: 'call',
  name: 'run.start',
  description:
    'Starts a workflow and returns at once; read run.status until it ends. For clients without tasks. Every input must be given. Destructive steps need the confirmation of the person.',
  safety: 'standard',
  executionType: 'workflow',
  isIdempotent: false,
  isOpenWorld: true,
  input: startRunArguments,
  output: z.object({ run_id: z.string(), workflow_id: z.string(), status: z.string() }),
  async run(args, context) {
    const { run_id, workflow_id, status } = await startRun(args, context, { ask: false });
    return { run_id, workflow_id, status };
  },
});
