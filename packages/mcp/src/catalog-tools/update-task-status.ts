import * as z from 'zod';
import { defineCatalogTool } from './catalog-tool.ts';
import { givenTask, toTask, toTaskLine, toUndoLine } from './task-parts.ts';

export const updateTaskStatus = defineCatalogTool({
  name: 'update_task_status',
  command: 'tasks update_status',
  description:
    'Starts, completes or reopens one task of the person. Find its task_id with list_tasks. Completing a recurring task creates the next one.',
  safety: 'standard',
  isIdempotent: true,
  isOpenWorld: false,
  view: 'ui://tasks/status-update',
  given: z.looseObject({
    task: givenTask,
    old_status: z.string(),
    new_status: z.string(),
    next: givenTask.nullable(),
    change: z.int().nullable(),
  }),
  output: { type: 'string', taskId: 'string', oldStatus: 'string', newStatus: 'string' },
  toDocument({ task, next, ...given }) {
    const { old_status: oldStatus, new_status: newStatus } = given;
    return {
      type: 'task_updated',
      taskId: task.task_id,
      oldStatus,
      newStatus,
      ...given,
      task: toTask(task),
      next: next && toTask(next),
    };
  },
  toText({ task, old_status: before, new_status: after, next, change }) {
    const what = before === after ? `Was ${after} already` : `From ${before} to ${after}`;
    const follower = next === null ? [] : [`The next one is ${toTaskLine(next)}.`];
    return [`${what}: ${toTaskLine(task)}.`, ...follower, toUndoLine(change)].join('\n');
  },
});
