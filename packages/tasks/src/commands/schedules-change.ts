/** What is done with one schedule: pause, resume, remove. */
import { defineCommand } from '@oatty/types';
import type { Effect, HandlerContext, ModuleCommand } from '@oatty/types';
import * as z from 'zod';
import type { TasksPorts } from '../ports.ts';
import { readUser } from '../rows/user-rows.ts';
import { scheduleSchema, toScheduleDocument } from '../schedules/schedule-document.ts';
import type { UserSchedule, UserSchedules } from '../schedules/user-schedules.ts';
import { plainTextSchema } from '../schemas/task-schemas.ts';
import { toUserTime } from '../time/user-time.ts';

export function schedulesPauseCommand(ports: TasksPorts): ModuleCommand {
  return changeCommand(ports, {
    summary: 'Start nothing until the schedule is resumed.',
    effect: 'standard',
    change: (schedules, id, { caller }) => schedules.pause(id, caller.principal),
  });
}

export function schedulesResumeCommand(ports: TasksPorts): ModuleCommand {
  return changeCommand(ports, {
    summary: 'Go on with a paused schedule, from now on, and agree to what its workflow is now.',
    effect: 'standard',
    change: (schedules, id, context) => schedules.resume(id, context),
  });
}

export function schedulesRemoveCommand(ports: TasksPorts): ModuleCommand {
  return changeCommand(ports, {
    summary: 'Remove a schedule; runs that it has started go on.',
    effect: 'destructive',
    change: (schedules, id, { caller }) => schedules.remove(id, caller.principal),
  });
}

// --- internal ---

interface ScheduleAct {
  readonly summary: string;
  readonly effect: Effect;
  readonly change: (
    schedules: UserSchedules,
    scheduleId: string,
    context: HandlerContext,
  ) => Promise<UserSchedule>;
}

function changeCommand(ports: TasksPorts, { summary, effect, change }: ScheduleAct): ModuleCommand {
  return defineCommand({
    summary,
    effect,
    tags: ['tasks', 'schedule'],
    input: z.object({
      schedule_id: plainTextSchema.min(1).max(100).describe('Id of the schedule.'),
    }),
    output: z.object({ schedule: scheduleSchema }),
    positionals: ['schedule_id'],
    providers: { schedule_id: 'schedules:list' },
    async handler({ schedule_id }, context) {
      const changed = await change(ports.schedules, schedule_id, context);
      const database = await ports.database();
      const { zone } = toUserTime(ports, await database.run(() => readUser(context.caller.principal)), {});
      return { schedule: toScheduleDocument(changed, zone) };
    },
  });
}
