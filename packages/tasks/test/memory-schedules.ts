/** Schedules as the tasks need them, in memory: kept, and never due. */
import { OattyError } from '@oatty/types';
import type { Schedule, Timing } from '@oatty/types';
import type { PlannedTiming, UserSchedule, UserSchedules } from '../src/index.ts';

export function createMemorySchedules(): UserSchedules {
  const kept = new Map<string, Schedule>();
  const change = async (scheduleId: string, principal: string, parts: Partial<Schedule>) => {
    const schedule = kept.get(scheduleId);
    if (schedule?.caller?.principal !== principal) throw new OattyError('SCHEDULE_NOT_FOUND', scheduleId);
    const changed = { ...schedule, ...parts } as Schedule; // of the same target
    kept.set(scheduleId, changed);
    return toUser(changed);
  };
  return {
    async add({ name, run, with: inputs, timing, missed = 'skip' }, { caller }) {
      const schedule: Schedule = {
        schedule_id: `schedule-${kept.size + 1}`,
        command_id: run,
        ...(name !== undefined && { name }),
        caller,
        timing: toTiming(timing),
        missed,
        inputs,
        may_destroy: false,
        created_at: '2026-03-20T09:00:00.000Z',
        status: 'active',
        next_at: '2026-03-29T01:00:00.000Z',
      };
      kept.set(schedule.schedule_id, schedule);
      return toUser(schedule);
    },
    list: async (principal) =>
      [...kept.values()].filter(({ caller }) => caller?.principal === principal).map(toUser),
    pause: (scheduleId, principal) => change(scheduleId, principal, { status: 'paused' }),
    resume: (scheduleId, principal) => change(scheduleId, principal, { status: 'active' }),
    async remove(scheduleId, principal) {
      const removed = await change(scheduleId, principal, {});
      kept.delete(scheduleId);
      return removed;
    },
  };
}

// --- internal ---

function toTiming(timing: PlannedTiming): Timing {
  if ('cron' in timing) return { cron: timing.cron, time_zone: timing.timeZone };
  if ('rrule' in timing) {
    return { rrule: timing.rrule, start: timing.start ?? '2026-03-20T10:00:00', time_zone: timing.timeZone };
  }
  return timing;
}

function toUser(schedule: Schedule): UserSchedule {
  return { schedule, times: schedule.next_at === undefined ? [] : [schedule.next_at] };
}
