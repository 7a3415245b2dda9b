import type { RunStatus } from '@oatty/types';
import * as z from 'zod';
import { defineTool } from './tool.ts';

const statuses = [
  'pending',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'canceled',
] as const satisfies readonly RunStatus[];

export const runList = defineTool({
  kind: 'call',
  name: 'run.list',
  description: 'Lists runs, newest first.',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({
    workflow_id: z.string().optional(),
    status: z.enum(statuses).optional(),
    cursor: z.string().optional(),
    limit: z.int().min(1).max(100).default(20),
  }),
  output: { items: 'array', next_cursor: 'string' },
  fullOutput: async () => (await import('../outputs/run-outputs.ts')).runList,
  run: (args, { oatty, caller }) =>
    oatty.runs.list({
      principal: caller.principal,
      ...(args.workflow_id !== undefined && { workflowId: args.workflow_id }),
      ...(args.status !== undefined && { status: args.status }),
      ...(args.cursor !== undefined && { cursor: args.cursor }),
      limit: args.limit,
    }),
});
