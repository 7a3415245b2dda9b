/** Schedules: added, listed, paused, resumed, removed, and acted on. */
import type { Runs } from '../runs/runs.ts';
import type { World } from '../world.ts';
import { addSchedule } from './add-schedule.ts';
import { DueSchedules } from './due-schedules.ts';
import { listSchedules, pauseSchedule, removeSchedule, resumeSchedule } from './kept-schedules.ts';
import type { Schedules } from './schedules.ts';

export function createSchedules(world: World, runs: Runs): Schedules {
  const due = new DueSchedules(world, runs);
  return {
    add: (options) => addSchedule(world, options),
    list: async ({ principal } = {}) => ({ items: await listSchedules(world, principal) }),
    pause: (scheduleId) => pauseSchedule(world, scheduleId),
    resume: (scheduleId, options = {}) =>
      resumeSchedule(world, scheduleId, { ...options, agrees: options.principal !== undefined }),
    async remove(scheduleId) {
      const { schedule_id } = await removeSchedule(world, scheduleId);
      return { removed: true, schedule_id };
    },
    startDue: () => due.watch(),
  };
}
