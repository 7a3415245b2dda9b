/** What `generate_report` gives. */
import * as z from 'zod/mini';
import { prioritySchema, statusSchema } from './task.ts';

export const reportSchema = z.object({
  period: z.object({ from: z.string(), to: z.string(), time_zone: z.string(), judged_at: z.string() }),
  kpis: z.array(z.object({ kpi: z.string(), value: z.nullable(z.number()), unit: z.string() })),
  by_priority: z.array(
    z.object({
      priority: prioritySchema,
      created: z.number(),
      completed: z.number(),
      open: z.number(),
      overdue: z.number(),
    }),
  ),
  by_status: z.array(z.object({ status: statusSchema, count: z.number() })),
  weeks: z.array(z.object({ week: z.string(), created: z.number(), completed: z.number() })),
  days: z.array(
    z.object({ day: z.string(), created: z.number(), completed: z.number(), remaining: z.number() }),
  ),
  csv: z.nullable(z.string()),
});

export type Report = z.infer<typeof reportSchema>;
