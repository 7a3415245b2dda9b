/** What is done with one schedule: pause, resume, remove. */
import { defineCommand } from '@oatty/types';
import type { Effect, ModuleCommand } from '@oatty/types';
import * as z from 'zod';
import type { TasksPorts } from '../ports.ts';
import { readUser } from '../rows/user-rows.ts';
import { scheduleSchema, toScheduleDocument } from '../schedules/schedule-document.ts';
import type { UserSchedules } from '../schedules/user-schedules.ts';
import { plainTextSchema } from '../schemas/task-schemas.ts';
import { toUserTime } from '../time/user-time.ts';

export function schedulesPauseCommand(ports: TasksPorts): ModuleCommand {
  return changeCommand(ports, 'pause', 'Start nothing until the schedule is resumed.', 'standard');
}

export function schedulesResumeCommand(ports: TasksPorts): ModuleCommand {
  return changeCommand(ports, 'resume', 'Go on with a paused schedule, from now on.', 'standard');
}

export function schedulesRemoveCommand(ports: TasksPorts): ModuleCommand {
  return changeCommand(ports, 'remove', 'Remove a schedule; runs that it has started go on.', 'destructive');
}

// --- internal ---

function changeCommand(
  ports: TasksPorts,
  act: keyof Pick<UserSchedules, 'pause' | 'resume' | 'remove'>,
  summary: string,
  effect: Effect,
): ModuleCommand {
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
    async handler({ schedule_id }, { caller: { principal } }) {
      const changed = await ports.schedules[act](schedule_id, principal);
      const database = await ports.database();
      const { zone } = toUserTime(ports, await database.run(() => readUser(principal)), {});
      return { schedule: toScheduleDocument(changed, zone) };
    },
  });
}
