import { defineCommand } from '@oatty/types';
import type { ModuleCommand } from '@oatty/types';
import * as z from 'zod';
import type { TasksPorts } from '../ports.ts';
import { selectUsers } from '../rows/user-rows.ts';
import { plainTextSchema } from '../schemas/task-schemas.ts';
import { requireAdmin } from '../whose.ts';

export function usersCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'List the users, for admins: whoever has called.',
    effect: 'safe',
    tags: ['tasks', 'users', 'admin', 'people'],
    input: z.object({
      limit: z.int().min(1).max(100).default(50),
      cursor: plainTextSchema.max(100).optional().describe('next_cursor of the page before.'),
    }),
    output: z.object({
      users: z.array(
        z.object({
          user_id: z.string(),
          principal: z.string().describe('Issuer and subject; "local" for the user of a machine.'),
          name: z.string().nullable(),
          email: z.string().nullable(),
          time_zone: z.string().nullable().describe('null until the user sets one.'),
          created_at: z.string(),
          updated_at: z.string().describe('When the user last changed something, or came.'),
        }),
      ),
      has_more: z.boolean(),
      next_cursor: z.string().nullable(),
    }),
    listPath: 'users',
    offers: { value: 'user_id', display: 'principal' },
    async handler({ limit, cursor = '' }, { caller }) {
      requireAdmin(caller);
      const database = await ports.database();
      const found = await database.run(() => selectUsers({ after: cursor, limit: limit + 1 }));
      const users = found.slice(0, limit);
      const hasMore = found.length > limit;
      return { users, has_more: hasMore, next_cursor: hasMore ? (users.at(-1)?.user_id ?? null) : null };
    },
  });
}
