import { runDocumentOutput } from './run-document.ts';
import { startRun, startRunArguments } from './start-run.ts';
import { defineTool } from './tool.ts';

export const workflowRun = defineTool({
  kind: 'task',
  name: 'workflow.run',
  description:
    'Runs a workflow as a task; missing inputs are asked for. Without tasks: run.start. The person confirms destructive steps.',
  safety: 'standard',
  executionType: 'workflow',
  isIdempotent: false,
  isOpenWorld: true,
  input: startRunArguments,
  output: runDocumentOutput,
  fullOutput: async () => (await import('../outputs/run-outputs.ts')).run,
  start: (args, context, { ttlMs }) => startRun(args, context, { ttlMs, ask: context.person.canBeAsked }),
});
