/** Tools of the conformance suite that run as tasks. */
import * as z from 'zod';
import { defineTool } from '../../src/tools/tool.ts';
import type { Tool, ToolContext } from '../../src/tools/tool.ts';
import { described } from './call-tools.ts';
import { nameForm } from './asking-tools.ts';
import { aWorkflow } from './fixture-runs.ts';

export const taskTools: readonly Tool[] = [
  defineTool({
    ...described('slow_compute'),
    kind: 'task',
    input: z.object({ seconds: z.number(), label: z.string().optional() }),
    start: ({ seconds }, context, { ttlMs }) =>
      startRun(aWorkflow('wait', { seconds: 'number' }), { seconds }, { context, ttlMs }),
    async run({ seconds }, context) {
      const workflow = aWorkflow('wait', { seconds: 'number' });
      return (await startRun(workflow, { seconds }, { context })).wait();
    },
  }),
  running('failing_job', aWorkflow('refuse', {})),
  running('protocol_error_job', aWorkflow('crash', {})),
  running('confirm_delete', aWorkflow('echo', { confirm: 'boolean' })),
  running('multi_input', aWorkflow('echo', { name: 'string', other_name: 'string' })),
  defineTool({
    ...described('test_tool_with_task'),
    kind: 'task',
    input: z.object({}),
    async start(_, context, { ttlMs }) {
      const { user_name: answer } = await context.client.ask({ user_name: nameForm() });
      const { name } = z.object({ name: z.string() }).parse(answer?.['content']);
      return startRun(aWorkflow('echo', { name: 'string' }), { name }, { context, ttlMs });
    },
  }),
];

// --- internal ---

function running(name: string, workflow: object): Tool {
  return defineTool({
    ...described(name),
    kind: 'task',
    input: z.object({ filename: z.string().optional() }),
    start: (_, context, { ttlMs }) => startRun(workflow, {}, { context, ttlMs }),
  });
}

function startRun(
  workflow: object,
  inputs: Readonly<Record<string, unknown>>,
  { context: { oatty, caller }, ttlMs }: { context: ToolContext; ttlMs?: number },
) {
  return oatty.runs.start({
    workflow: { manifest: { ...workflow } },
    inputs,
    caller,
    ask: true,
    ...(ttlMs !== undefined && { ttlMs }),
  });
}
