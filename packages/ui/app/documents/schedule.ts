/** What `schedule_workflow` gives. */
import * as z from 'zod/mini';

export const scheduleSchema = z.object({
  scheduleId: z.string(),
  name: z.string(),
  target: z.object({ kind: z.enum(['command', 'workflow']), id: z.string() }),
  when: z.object({
    kind: z.enum(['at', 'cron', 'rrule', 'event']),
    value: z.string(),
    time_zone: z.nullish(z.string()),
    priority: z.nullish(z.array(z.string())),
  }),
  next: z.array(z.string()),
});

export type Schedule = z.infer<typeof scheduleSchema>;
