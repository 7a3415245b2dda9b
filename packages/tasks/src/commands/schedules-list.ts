import { defineCommand } from '@oatty/types';
import type { ModuleCommand } from '@oatty/types';
import * as z from 'zod';
import type { TasksPorts } from '../ports.ts';
import { scheduleSchema, toScheduleDocument } from '../schedules/schedule-document.ts';
import { timeZoneSchema } from '../schemas/task-schemas.ts';
import { toUserTime } from '../time/user-time.ts';
import { readWhose, userSchema } from '../whose.ts';

export function schedulesListCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'List schedules with their next times, and what came of the last one.',
    effect: 'safe',
    tags: ['tasks', 'schedule'],
    input: z.object({ time_zone: timeZoneSchema.optional(), user: userSchema.optional() }),
    output: z.object({ count: z.int(), schedules: z.array(scheduleSchema) }),
    listPath: 'schedules',
    providers: { user: 'users' },
    offers: { value: 'schedule_id', display: 'name' },
    async handler({ time_zone: timeZone, user: owner }, context) {
      const request = { context, command: 'tasks schedules:list', user: owner };
      // oxlint-disable-next-line require-yield -- the user is all that this database is asked for
      const user = await readWhose(ports, request, function* (found) {
        return found;
      });
      const { zone } = toUserTime(ports, user, { timeZone });
      const schedules = await ports.schedules.list(user.principal);
      return {
        count: schedules.length,
        schedules: schedules.map((schedule) => toScheduleDocument(schedule, zone)),
      };
    },
  });
}
