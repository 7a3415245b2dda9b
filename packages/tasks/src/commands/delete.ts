import { defineCommand } from '@oatty/types';
import type { ModuleCommand } from '@oatty/types';
import * as z from 'zod';
import { makeChange } from '../changes/make-change.ts';
import type { TasksPorts } from '../ports.ts';
import { changeNumberSchema, taskIdSchema, taskSchema } from '../schemas/task-schemas.ts';
import { toTaskDocument } from '../task-document.ts';

export function deleteCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'Delete a task.',
    effect: 'destructive',
    tags: ['tasks', 'todo', 'remove'],
    input: z.object({ task_id: taskIdSchema }),
    output: z.object({ deleted: taskSchema.describe('The task as it was.'), change: changeNumberSchema }),
    positionals: ['task_id'],
    providers: { task_id: 'list' },
    async handler(input, context) {
      const request = { context, command: 'delete', input };
      return makeChange(ports, request, function* (change) {
        const deleted = yield* change.read(input.task_id);
        yield* change.write(deleted, null);
        return { deleted: toTaskDocument(deleted, change.at), change: change.number };
      });
    },
  });
}
