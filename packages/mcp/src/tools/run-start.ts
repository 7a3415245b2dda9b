import { startRun, startRunArguments } from './start-run.ts';
import { defineTool } from './tool.ts';

export const runStart = defineTool({
  kind: 'call',
  name: 'run.start',
  description:
    'Starts a workflow and returns at once, for clients without tasks; then run.status. Needs every required input. The person confirms destructive steps.',
  safety: 'standard',
  executionType: 'workflow',
  isIdempotent: false,
  isOpenWorld: true,
  input: startRunArguments,
  output: { run_id: 'string', workflow_id: 'string', status: 'string', deduplicated: 'boolean' },
  fullOutput: async () => (await import('../outputs/run-outputs.ts')).runStarted,
  async run(args, context) {
    const { run_id, workflow_id, status, deduplicated } = await startRun(args, context, { ask: false });
    return { run_id, workflow_id, status, ...(deduplicated && { deduplicated }) };
  },
});
