import { defineCommand, openTimeZone } from '@oatty/types';
import type { ModuleCommand } from '@oatty/types';
import * as z from 'zod';
import type { TasksPorts } from '../ports.ts';
import { lockUser, readUser, setTimeZone } from '../rows/user-rows.ts';
import { timeZoneSchema } from '../schemas/task-schemas.ts';
import { zoneOf } from '../time/user-time.ts';

export function settingsCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'Show or set the time zone in which "today" and "overdue" are judged.',
    effect: 'standard',
    tags: ['tasks', 'timezone'],
    input: z.object({
      time_zone: timeZoneSchema.describe('The new time zone, such as Europe/Berlin.').optional(),
    }),
    output: z.object({ time_zone: z.string(), is_default: z.boolean().describe('Nothing was set yet.') }),
    async handler({ time_zone }, { caller }) {
      if (time_zone !== undefined) openTimeZone(time_zone);
      const database = await ports.database();
      const user = await (time_zone === undefined
        ? database.run(() => readUser(caller.principal))
        : database.transact(function* () {
            const locked = yield* lockUser(caller, ports.clock.now());
            yield* setTimeZone(locked, time_zone);
            return { ...locked, time_zone };
          }));
      return { time_zone: zoneOf(ports, user), is_default: user.time_zone === null };
    },
  });
}
