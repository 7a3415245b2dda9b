/** What `create_task` gives. */
import * as z from 'zod/mini';
import { taskSchema } from './task.ts';

export const createdTaskSchema = z.object({ task: taskSchema, created: z.boolean() });

export type CreatedTask = z.infer<typeof createdTaskSchema>;
