import { defineCommand } from '@oatty/types';
import type { ModuleCommand } from '@oatty/types';
import { sql } from '@oatty/types/sql';
import * as z from 'zod';
import type { TasksPorts } from '../ports.ts';
import { selectAudit } from '../rows/audit-rows.ts';
import type { KeptAuditEntry } from '../rows/audit-rows.ts';
import { taskIdSchema, taskSchema } from '../schemas/task-schemas.ts';
import { readWhose, userSchema } from '../whose.ts';

const stateSchema = taskSchema.omit({ overdue: true }).nullable();

export function historyCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'Show who changed which task when, newest first.',
    effect: 'safe',
    tags: ['tasks', 'audit', 'log'],
    input: z.object({
      task_id: taskIdSchema.optional().describe('Of this task alone; it may be deleted.'),
      before: z.int().min(1).optional().describe('Only changes with a smaller number: how the list goes on.'),
      limit: z.int().min(1).max(100).default(20),
      user: userSchema.optional(),
    }),
    output: z.object({
      changes: z.array(
        z.object({
          change: z.int(),
          task_id: z.string(),
          action: z.enum(['create', 'update', 'delete']),
          actor: z.string(),
          via: z.string().describe('cli, library or mcp.'),
          run_id: z.string().nullable(),
          changed_at: z.string(),
          before: stateSchema,
          after: stateSchema,
          undoes: z.int().nullable().describe('The change that this one took back.'),
          undone_by: z.int().nullable(),
        }),
      ),
    }),
    listPath: 'changes',
    providers: { task_id: 'list', user: 'users' },
    async handler({ task_id, before, limit, user: owner }, context) {
      const request = { context, command: 'tasks history', user: owner, taskId: task_id };
      const entries = await readWhose(ports, request, function* (user) {
        const ofTask = task_id === undefined ? sql`` : sql`AND task_id = ${task_id}`;
        const earlier = before === undefined ? sql`` : sql`AND change_number < ${before}`;
        return yield* selectAudit(
          user.user_id,
          sql`${ofTask} ${earlier} ORDER BY change_number DESC, position DESC LIMIT ${limit}`,
        );
      });
      return { changes: entries.map(toChangeDocument) };
    },
  });
}

// --- internal ---

function toChangeDocument(entry: KeptAuditEntry) {
  const { change_number, task_id, action, actor, via, run_id, changed_at, before, after } = entry;
  const { undoes, undone_by } = entry;
  return {
    change: change_number,
    task_id,
    action,
    actor,
    via,
    run_id,
    changed_at,
    before,
    after,
    undoes,
    undone_by,
  };
}
