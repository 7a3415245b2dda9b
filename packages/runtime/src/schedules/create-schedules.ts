/** Schedules: added, listed, paused, resumed, removed, and acted on. */
import type { ScheduleChange } from '@oatty/engine';
import { OattyError } from '@oatty/types';
import type { Schedule } from '@oatty/types';
import type { Runs } from '../runs/runs.ts';
import type { World } from '../world.ts';
import { addSchedule } from './add-schedule.ts';
import { DueSchedules } from './due-schedules.ts';
import type { Schedules } from './schedules.ts';

export function createSchedules(world: World, runs: Runs): Schedules {
  const due = new DueSchedules(world, runs);
  return {
    add: (options) => addSchedule(world, options),
    async list() {
      const store = await world.schedules();
      return { items: await store.listSchedules() };
    },
    pause: (scheduleId) => change(world, scheduleId, () => ({ status: 'paused' })),
    resume: (scheduleId) => change(world, scheduleId, (schedule) => toResumed(world, schedule)),
    async remove(scheduleId) {
      const store = await world.schedules();
      if (!(await store.removeSchedule(scheduleId))) throw notFound(scheduleId);
      return { removed: true, schedule_id: scheduleId };
    },
    startDue: () => due.watch(),
  };
}

// --- internal ---

type Change = (schedule: Schedule) => ScheduleChange | Promise<ScheduleChange>;

/** Again when somebody else has acted on it meanwhile. */
async function change(world: World, scheduleId: string, toChange: Change): Promise<Schedule> {
  const store = await world.schedules();
  for (;;) {
    const schedule = await store.getSchedule(scheduleId);
    if (schedule === undefined) throw notFound(scheduleId);
    if (schedule.status === 'ended') throw hasEnded(scheduleId);
    const { next_at, ...others } = schedule;
    const changed = await toChange(schedule);
    if (changed.status === schedule.status) return schedule;
    if (await store.changeSchedule(scheduleId, next_at, changed)) return { ...others, ...changed };
  }
}

/** One time that has passed meanwhile is missed: whether it is made up for, the schedule says. */
async function toResumed(world: World, { timing }: Schedule): Promise<ScheduleChange> {
  if ('at' in timing) return { status: 'active', next_at: timing.at };
  const { compileTiming } = await import('@oatty/engine');
  const next = compileTiming(timing)(world.clock.now().getTime());
  return next === undefined
    ? { status: 'ended' }
    : { status: 'active', next_at: new Date(next).toISOString() };
}

function notFound(scheduleId: string): OattyError {
  return new OattyError('SCHEDULE_NOT_FOUND', `There is no schedule "${scheduleId}".`, {
    context: { schedule_id: scheduleId },
  });
}

function hasEnded(scheduleId: string): OattyError {
  return new OattyError('SCHEDULE_STATE_CONFLICT', `Schedule "${scheduleId}" has ended: its time is over.`, {
    context: { schedule_id: scheduleId },
  });
}
