import * as z from 'zod';
import { defineCatalogTool } from './catalog-tool.ts';
import { givenTask, toTask, toTaskLine, toUndoLine } from './task-parts.ts';

export const createTask = defineCatalogTool({
  name: 'create_task',
  command: 'tasks create',
  description:
    'Creates a task of the person: something that they have to do. Turn words such as "next Friday" into a date first. For several tasks use create_tasks.',
  safety: 'standard',
  isIdempotent: false,
  isOpenWorld: false,
  view: 'ui://tasks/card',
  given: z.looseObject({ task: givenTask, created: z.boolean(), change: z.int().nullable() }),
  output: { type: 'string', taskId: 'string', title: 'string', priority: 'string', status: 'string' },
  toDocument({ task, ...given }) {
    const { task_id: taskId, title, priority, status } = task;
    return { type: 'task_created', taskId, title, priority, status, task: toTask(task), ...given };
  },
  toText: ({ task, created, change }) =>
    created
      ? `Created ${toTaskLine(task)}.\n${toUndoLine(change)}`
      : `There already, by its idempotency key: ${toTaskLine(task)}.`,
});
