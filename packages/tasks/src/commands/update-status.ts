import { defineCommand } from '@oatty/types';
import type { ModuleCommand } from '@oatty/types';
import * as z from 'zod';
import { makeChange } from '../changes/make-change.ts';
import type { TasksPorts } from '../ports.ts';
import {
  changeNumberSchema,
  nextTaskSchema,
  statusSchema,
  taskIdSchema,
  taskSchema,
  timeZoneSchema,
} from '../schemas/task-schemas.ts';
import { toTaskDocument } from '../task-document.ts';

export function updateStatusCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'Start, complete or reopen a task.',
    effect: 'standard',
    tags: ['tasks', 'todo', 'complete', 'done'],
    input: z.object({
      task_id: taskIdSchema,
      status: statusSchema.describe('The new status.'),
      time_zone: timeZoneSchema.optional(),
    }),
    output: z.object({
      task: taskSchema,
      old_status: statusSchema,
      new_status: statusSchema,
      next: nextTaskSchema,
      change: changeNumberSchema,
    }),
    positionals: ['task_id', 'status'],
    providers: { task_id: 'list' },
    async handler({ time_zone: timeZone, ...input }, context) {
      const { task_id, status } = input;
      const request = { context, command: 'update_status', input, timeZone };
      return makeChange(ports, request, function* (change) {
        const { before, after, next } = yield* change.update(task_id, { status });
        return {
          task: toTaskDocument(after, change.at),
          old_status: before.status,
          new_status: after.status,
          next: next && toTaskDocument(next, change.at),
          change: change.number,
        };
      });
    },
  });
}
