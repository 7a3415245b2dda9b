/** What `list_tasks` and `create_tasks` give. */
import * as z from 'zod/mini';
import { prioritySchema, statusSchema, taskSchema } from './task.ts';

const sortFields = [
  'created_at',
  'updated_at',
  'started_at',
  'completed_at',
  'due',
  'priority',
  'status',
  'title',
] as const;

const filterSchema = z.object({
  status: z.optional(z.array(statusSchema)),
  priority: z.optional(z.array(prioritySchema)),
  due_from: z.optional(z.string()),
  due_to: z.optional(z.string()),
  overdue: z.optional(z.boolean()),
  text: z.optional(z.string()),
  created_from: z.optional(z.string()),
  created_to: z.optional(z.string()),
});

export const taskListSchema = z.object({
  tasks: z.array(taskSchema),
  total: z.number(),
  has_more: z.boolean(),
  next_cursor: z.nullable(z.string()),
  /** Absent where the tasks are not those of a filter: `create_tasks` has them with its results. */
  applied: z.optional(
    z.object({
      filter: filterSchema,
      sort: z.enum(sortFields),
      order: z.enum(['asc', 'desc']),
      time_zone: z.string(),
    }),
  ),
  results: z.optional(
    z.array(z.object({ outcome: z.string(), error: z.optional(z.object({ message: z.string() })) })),
  ),
});

export type TaskList = z.infer<typeof taskListSchema>;
export type Filter = z.infer<typeof filterSchema>;
export type SortField = (typeof sortFields)[number];
