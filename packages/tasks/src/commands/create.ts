import { defineCommand } from '@oatty/types';
import type { ModuleCommand } from '@oatty/types';
import * as z from 'zod';
import { makeChange } from '../changes/make-change.ts';
import { createOnce, newTaskShape } from '../changes/new-task.ts';
import type { TasksPorts } from '../ports.ts';
import { changeNumberSchema, taskSchema, timeZoneSchema } from '../schemas/task-schemas.ts';

export function createCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'Create a task.',
    description:
      'Words such as "next Friday" are to be turned into a date first. tasks bulk:create makes several at once.',
    effect: 'standard',
    tags: ['tasks', 'todo', 'add'],
    input: z.object({ ...newTaskShape, time_zone: timeZoneSchema.optional() }),
    output: z.object({
      task: taskSchema,
      created: z
        .boolean()
        .describe('False when the idempotency key was used before: this is the answer given then.'),
      change: changeNumberSchema,
    }),
    async handler({ time_zone: timeZone, ...input }, context) {
      const request = { context, command: 'create', input, timeZone };
      return makeChange(ports, request, function* (change) {
        const { result, isRepeated } = yield* createOnce(change, input);
        return { ...result, created: !isRepeated };
      });
    },
  });
}
