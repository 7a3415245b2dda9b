import { defineCommand } from '@oatty/types';
import type { ModuleCommand } from '@oatty/types';
import * as z from 'zod';
import type { TasksPorts } from '../ports.ts';
import { toPeriod } from '../report/period.ts';
import { readNumbers } from '../report/read-numbers.ts';
import { toCsv, toReport } from '../report/to-report.ts';
import { prioritySchema, statusSchema, timeZoneSchema } from '../schemas/task-schemas.ts';
import { toUserTime } from '../time/user-time.ts';
import { readWhose, userSchema } from '../whose.ts';

const daySchema = z
  .string()
  .regex(/^[12]\d{3}-\d\d-\d\d$/)
  .meta({ examples: ['2026-03-29'] });

export function generateReportCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary:
      'Report on a period: what was created and completed, how fast, on time or not, and what is left.',
    description:
      'Counts the tasks that there are; deleted ones are in no number. What is open, overdue or in progress is judged at the end of the period, or now while it goes on. Times are in hours.',
    effect: 'safe',
    tags: ['tasks', 'report', 'statistics', 'kpi', 'productivity'],
    input: z.object({
      from: daySchema.optional().describe('First day; default: seven days with the last one.'),
      to: daySchema.optional().describe('Last day; default: today.'),
      csv: z.boolean().default(false).describe('Give the numbers as CSV too.'),
      time_zone: timeZoneSchema.optional(),
      user: userSchema.optional(),
    }),
    output: z.object({
      period: z.object({
        from: z.string(),
        to: z.string(),
        time_zone: z.string(),
        judged_at: z.string().describe('When open, overdue and in progress were judged.'),
      }),
      kpis: z.array(
        z.object({
          kpi: z.string(),
          value: z.number().nullable().describe('null where there is nothing to tell it from.'),
          unit: z.enum(['tasks', 'share', 'hours', 'tasks per week']),
        }),
      ),
      by_priority: z.array(
        z.object({
          priority: prioritySchema,
          created: z.int(),
          completed: z.int(),
          open: z.int(),
          overdue: z.int(),
        }),
      ),
      by_status: z.array(z.object({ status: statusSchema, count: z.int() })),
      weeks: z.array(
        z.object({ week: z.string().describe('Its Monday.'), created: z.int(), completed: z.int() }),
      ),
      days: z.array(
        z.object({
          day: z.string(),
          created: z.int(),
          completed: z.int(),
          remaining: z.int().describe('Open at its end: the burn-down.'),
        }),
      ),
      csv: z.string().nullable(),
    }),
    listPath: 'kpis',
    providers: { user: 'users' },
    async handler({ from, to, csv, time_zone: timeZone, user: owner }, context) {
      return readWhose(ports, { context, command: 'tasks reports:generate', user: owner }, function* (user) {
        const at = toUserTime(ports, user, { timeZone });
        const period = toPeriod({ from, to }, at);
        const report = toReport(yield* readNumbers(user.user_id, period), period);
        return {
          period: { from: period.from, to: period.to, time_zone: at.zoneName, judged_at: period.judgedAt },
          ...report,
          csv: csv ? toCsv(report) : null,
        };
      });
    },
  });
}
