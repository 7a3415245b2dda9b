/** A task, as the tools of the catalog give it: the fields that widgets show. */
import * as z from 'zod/mini';

export const statusSchema = z.enum(['pending', 'in_progress', 'completed']);
export const prioritySchema = z.enum(['low', 'medium', 'high']);

export const taskSchema = z.object({
  task_id: z.string(),
  title: z.string(),
  description: z.nullable(z.string()),
  status: statusSchema,
  priority: prioritySchema,
  due: z.nullable(z.string()),
  recurrence: z.nullable(z.string()),
  overdue: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
  started_at: z.nullable(z.string()),
  completed_at: z.nullable(z.string()),
});

export type Task = z.infer<typeof taskSchema>;
export type Status = z.infer<typeof statusSchema>;
export type Priority = z.infer<typeof prioritySchema>;

/** What `update_task_status` gives. */
export const statusChangeSchema = z.object({
  task: taskSchema,
  oldStatus: statusSchema,
  newStatus: statusSchema,
  next: z.nullish(taskSchema),
});

export type StatusChange = z.infer<typeof statusChangeSchema>;
