import { defineCommand } from '@oatty/types';
import type { ModuleCommand } from '@oatty/types';
import * as z from 'zod';
import { filterSchema, filterShape, readFilter } from '../list/filter.ts';
import { timeOfCursor } from '../list/cursor.ts';
import { listTasks } from '../list/list-tasks.ts';
import { sortFields } from '../list/sort.ts';
import type { TasksPorts } from '../ports.ts';
import { taskSchema, timeZoneSchema } from '../schemas/task-schemas.ts';
import { toTaskDocument } from '../task-document.ts';
import { toUserTime } from '../time/user-time.ts';
import { readWhose, userSchema } from '../whose.ts';

export function listCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'List tasks, filtered and sorted, page by page.',
    description:
      'Every filter that is given must hold. The answer repeats the filter as it was understood, tells how many tasks match in all, and has next_cursor while there is more.',
    effect: 'safe',
    tags: ['tasks', 'todo'],
    input: z.object({
      ...filterShape,
      sort: z.enum(sortFields).default('created_at').describe('What to sort by; what lacks it comes last.'),
      order: z.enum(['asc', 'desc']).default('asc'),
      limit: z.int().min(1).max(100).default(50).describe('Tasks of one page.'),
      cursor: z
        .string()
        .max(4_000)
        .optional()
        .describe('next_cursor of the page before, with the same filter.'),
      time_zone: timeZoneSchema.optional(),
      user: userSchema.optional(),
    }),
    output: z.object({
      tasks: z.array(taskSchema),
      count: z.int().describe('Tasks of this page.'),
      total: z.int().describe('Tasks that match in all.'),
      has_more: z.boolean(),
      next_cursor: z.string().nullable(),
      applied: z.object({
        filter: filterSchema.describe('Times as instants in UTC.'),
        sort: z.enum(sortFields),
        order: z.enum(['asc', 'desc']),
        time_zone: z.string(),
        now: z.string().describe('When "overdue" was judged.'),
      }),
    }),
    listPath: 'tasks',
    providers: { user: 'users' },
    offers: { value: 'task_id', display: 'title' },
    async handler({ sort: field, order, limit, cursor, time_zone, user: owner, ...given }, context) {
      return readWhose(ports, { context, command: 'tasks list', user: owner }, function* (user) {
        const now = cursor === undefined ? undefined : timeOfCursor(cursor);
        const at = toUserTime(ports, user, { timeZone: time_zone, ...(now !== undefined && { now }) });
        const filter = readFilter(given, at);
        const sort = { field, order };
        const { tasks, total, nextCursor } = yield* listTasks(user.user_id, at, {
          filter,
          sort,
          limit,
          cursor,
        });
        return {
          tasks: tasks.map((task) => toTaskDocument(task, at)),
          count: tasks.length,
          total,
          has_more: nextCursor !== null,
          next_cursor: nextCursor,
          applied: { filter, sort: field, order, time_zone: at.zoneName, now: at.now },
        };
      });
    },
  });
}
