import * as z from 'zod';
import { defineCatalogTool } from './catalog-tool.ts';
import { givenTask, toTask, toTaskTable } from './task-parts.ts';

export const listTasks = defineCatalogTool({
  name: 'list_tasks',
  command: 'tasks list',
  description:
    'Lists tasks of the person. Every filter that is given must hold. While has_more is true, call again with the same filter and next_cursor as cursor.',
  safety: 'safe',
  isIdempotent: true,
  adminArguments: ['user'],
  isOpenWorld: false,
  view: 'ui://tasks/table',
  given: z.looseObject({
    tasks: z.array(givenTask),
    total: z.int(),
    next_cursor: z.string().nullable(),
    applied: z.looseObject({ now: z.string(), time_zone: z.string() }),
  }),
  output: { type: 'string' },
  toDocument: ({ tasks, ...given }) => ({ type: 'task_list', ...given, tasks: tasks.map(toTask) }),
  toText({ tasks, total, next_cursor: cursor, applied }) {
    if (total === 0) return 'No task matches.';
    const head = `${tasks.length} of ${total} tasks that match, at ${applied.now} in ${applied.time_zone}:`;
    const more = cursor === null ? '' : `\n\nThere are more: call again with cursor "${cursor}".`;
    return `${head}\n\n${toTaskTable(tasks)}${more}`;
  },
});
