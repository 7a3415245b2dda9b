import { defineCommand, OattyError } from '@oatty/types';
import type { ModuleCommand } from '@oatty/types';
import * as z from 'zod';
import { makeChange } from '../changes/make-change.ts';
import { changeShape, readChange } from '../changes/read-change.ts';
import type { TasksPorts } from '../ports.ts';
import {
  changeNumberSchema,
  nextTaskSchema,
  taskIdSchema,
  taskSchema,
  timeZoneSchema,
} from '../schemas/task-schemas.ts';
import { toTaskDocument } from '../task-document.ts';

export function updateCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'Change fields of a task.',
    description: 'What is left out stays as it is; null empties description, due and recurrence.',
    effect: 'standard',
    tags: ['tasks', 'todo', 'edit'],
    input: z.object({ task_id: taskIdSchema, ...changeShape, time_zone: timeZoneSchema.optional() }),
    output: z.object({ task: taskSchema, next: nextTaskSchema, change: changeNumberSchema }),
    positionals: ['task_id'],
    providers: { task_id: 'list' },
    async handler({ time_zone: timeZone, ...input }, context) {
      const { task_id, ...fields } = input;
      if (Object.keys(fields).length === 0) {
        throw new OattyError('ARGUMENT_INVALID', 'No field to change was given.', {
          suggestedAction: `Give at least one of ${Object.keys(changeShape).join(', ')}.`,
        });
      }
      const request = { context, command: 'update', input, timeZone };
      return makeChange(ports, request, function* (change) {
        const { after, next } = yield* change.update(task_id, readChange(fields, change.at));
        return {
          task: toTaskDocument(after, change.at),
          next: next && toTaskDocument(next, change.at),
          change: change.number,
        };
      });
    },
  });
}
