import { defineCommand } from '@oatty/types';
import type { ModuleCommand } from '@oatty/types';
import { sql } from '@oatty/types/sql';
import * as z from 'zod';
import type { TasksPorts } from '../ports.ts';
import { selectReads } from '../rows/read-rows.ts';
import { plainTextSchema } from '../schemas/task-schemas.ts';
import { readWhose, userSchema } from '../whose.ts';

export function readsCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'Show which admins have looked at your tasks, newest first.',
    effect: 'safe',
    tags: ['tasks', 'audit', 'log', 'admin'],
    input: z.object({
      before: plainTextSchema.max(100).optional().describe('A read_id: how the list goes on.'),
      limit: z.int().min(1).max(100).default(20),
      user: userSchema.optional(),
    }),
    output: z.object({
      reads: z.array(
        z.object({
          read_id: z.string(),
          reader: z.string().describe('Issuer and subject of the admin; "local" for the user of a machine.'),
          command: z.string(),
          task_id: z.string().nullable().describe('Where one task was asked for.'),
          via: z.string().describe('cli, library or mcp.'),
          run_id: z.string().nullable(),
          read_at: z.string(),
        }),
      ),
    }),
    listPath: 'reads',
    providers: { user: 'users' },
    async handler({ before, limit, user }, context) {
      const earlier = before === undefined ? sql`` : sql`AND read_id < ${before}`;
      return readWhose(ports, { context, command: 'tasks reads', user }, function* ({ user_id }) {
        const reads = yield* selectReads(user_id, sql`${earlier} ORDER BY read_id DESC LIMIT ${limit}`);
        return { reads: [...reads] };
      });
    },
  });
}
