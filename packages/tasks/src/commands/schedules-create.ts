import { defineCommand, taskEventKinds } from '@oatty/types';
import type { ModuleCommand } from '@oatty/types';
import * as z from 'zod';
import type { TasksPorts } from '../ports.ts';
import { readUser } from '../rows/user-rows.ts';
import { readTiming } from '../schedules/read-plan.ts';
import { scheduleSchema, toScheduleDocument } from '../schedules/schedule-document.ts';
import { plainTextSchema, prioritySchema, timeZoneSchema } from '../schemas/task-schemas.ts';
import { toUserTime } from '../time/user-time.ts';

/** Read by `parseTime`, which says what to write. */
const momentSchema = plainTextSchema.max(40);

export function schedulesCreateCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary:
      'Plan a command or a saved workflow for a time, for times that recur, or for what happens to tasks.',
    description:
      'One of at, cron, rrule and event says when. A process that lives long (oatty mcp, oatty worker) starts the runs.',
    effect: 'standard',
    tags: ['tasks', 'schedule', 'recurring', 'trigger', 'automation', 'cron'],
    input: z.object({
      run: plainTextSchema
        .trim()
        .min(3)
        .max(200)
        .describe('A command ("tasks reports:generate") or a saved workflow ("workflow ID").'),
      inputs: z
        .record(z.string(), z.unknown())
        .default({})
        .describe('Its arguments or inputs; with event they may read ${{ inputs.event.task.title }}.'),
      name: plainTextSchema.trim().min(1).max(200).optional().describe('What to call the schedule.'),
      at: momentSchema.optional().describe('Once: 2026-12-24T18:00 in the time zone, or an instant.'),
      cron: plainTextSchema.max(200).optional().describe('Minute, hour, day, month, weekday: "0 9 * * 1-5".'),
      rrule: plainTextSchema
        .max(500)
        .optional()
        .describe('RFC 5545: FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0.'),
      start: momentSchema.optional().describe('From when on rrule counts; default: now.'),
      event: z.enum(taskEventKinds).optional().describe('Whenever this happens to a task of yours.'),
      priority: z.array(prioritySchema).min(1).optional().describe('With event: only tasks of these.'),
      missed: z
        .enum(['skip', 'latest', 'all'])
        .optional()
        .describe('Times that pass while nothing runs: default skip, latest (at), all (event).'),
      time_zone: timeZoneSchema.optional(),
    }),
    output: z.object({ schedule: scheduleSchema }),
    positionals: ['run'],
    async handler({ run, inputs, name, missed, time_zone: timeZone, ...timing }, context) {
      const database = await ports.database();
      const user = await database.run(() => readUser(context.caller.principal));
      const at = toUserTime(ports, user, { timeZone });
      const plan = { name, run, inputs, timing: readTiming(timing, at), missed };
      return { schedule: toScheduleDocument(await ports.schedules.add(plan, context), at.zone) };
    },
  });
}
