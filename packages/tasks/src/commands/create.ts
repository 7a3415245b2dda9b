import { defineCommand } from '@oatty/types';
import type { ModuleCommand } from '@oatty/types';
import * as z from 'zod';
import { makeChange } from '../changes/make-change.ts';
import type { TasksPorts } from '../ports.ts';
import { createId } from '../rows/create-id.ts';
import {
  changeNumberSchema,
  descriptionSchema,
  prioritySchema,
  statusSchema,
  taskSchema,
  timeSchema,
  timeZoneSchema,
  titleSchema,
} from '../schemas/task-schemas.ts';
import { toTaskDocument } from '../task-document.ts';
import { createTask } from '../task.ts';
import { parseTime } from '../time/parse-time.ts';

export function createCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'Create a task.',
    description:
      'Words such as "next Friday" are to be turned into a date first. tasks bulk:create makes several at once.',
    effect: 'standard',
    tags: ['tasks', 'todo', 'add'],
    input: z.object({
      title: titleSchema,
      description: descriptionSchema.optional(),
      priority: prioritySchema.default('medium'),
      due: timeSchema.optional(),
      status: statusSchema.default('pending'),
      time_zone: timeZoneSchema.optional(),
    }),
    output: z.object({ task: taskSchema, change: changeNumberSchema }),
    async handler({ title, description, priority, due, status, time_zone }, context) {
      return makeChange(ports, { context, timeZone: time_zone }, function* (change) {
        const task = createTask(
          {
            task_id: createId(new Date(change.at.now)),
            title,
            description: description ?? null,
            status,
            priority,
            due: due === undefined ? null : parseTime(due, change.at.zone, 'due'),
          },
          change.at.now,
        );
        yield* change.create(task);
        return { task: toTaskDocument(task, change.at), change: change.number };
      });
    },
  });
}
