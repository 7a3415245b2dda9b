import { defineCommand } from '@oatty/types';
import type { ModuleCommand } from '@oatty/types';
import * as z from 'zod';
import type { TasksPorts } from '../ports.ts';
import { findTask } from '../rows/task-rows.ts';
import { taskIdSchema, taskSchema, timeZoneSchema } from '../schemas/task-schemas.ts';
import { toTaskDocument } from '../task-document.ts';
import { requireTask } from '../task-not-found.ts';
import { toUserTime } from '../time/user-time.ts';
import { readWhose, userSchema } from '../whose.ts';

export function getCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'Show one task.',
    effect: 'safe',
    tags: ['tasks', 'todo'],
    input: z.object({
      task_id: taskIdSchema,
      time_zone: timeZoneSchema.optional(),
      user: userSchema.optional(),
    }),
    output: z.object({ task: taskSchema }),
    positionals: ['task_id'],
    providers: { task_id: 'list', user: 'users' },
    async handler({ task_id, time_zone, user: owner }, context) {
      const request = { context, command: 'tasks get', user: owner, taskId: task_id };
      return readWhose(ports, request, function* (user) {
        const task = requireTask(yield* findTask(user.user_id, task_id), task_id);
        return { task: toTaskDocument(task, toUserTime(ports, user, { timeZone: time_zone })) };
      });
    },
  });
}
