import { runDocumentOutput } from './run-document.ts';
import { startRun, startRunArguments } from './start-run.ts';
import { defineTool } from './tool.ts';

export const workflowRun = defineTool({
  kind: 'task',
  name: 'workflow.run',
  description:
    'Runs a workflow as a task: progress arrives while it runs, missing inputs are asked for. Needs a client with tasks; others call run.start. Destructive steps need the confirmation of the person.',
  safety: 'standard',
  executionType: 'workflow',
  isIdempotent: false,
  isOpenWorld: true,
  input: startRunArguments,
  output: runDocumentOutput,
  start: (args, context, { ttlMs }) => startRun(args, context, { ttlMs, ask: context.person.canBeAsked }),
});
