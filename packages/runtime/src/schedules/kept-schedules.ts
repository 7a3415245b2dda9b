/**
 * Schedules that are there: listed, paused, resumed, removed.
 *
 * With a principal, those of others are not there.
 */
import type { ScheduleChange } from '@oatty/engine';
import { OattyError } from '@oatty/types';
import type { Schedule } from '@oatty/types';
import { libraryCaller } from '../caller.ts';
import type { World } from '../world.ts';
import { listenFromNow } from './wake-listening.ts';

export async function listSchedules(world: World, principal?: string): Promise<readonly Schedule[]> {
  return (await world.schedules()).listSchedules(principal);
}

export async function pauseSchedule(world: World, scheduleId: string, principal?: string): Promise<Schedule> {
  return change(world, scheduleId, principal, () => ({ status: 'paused' }));
}

export async function resumeSchedule(
  world: World,
  scheduleId: string,
  principal?: string,
): Promise<Schedule> {
  return change(world, scheduleId, principal, (schedule) => toResumed(world, schedule));
}

/** @throws {OattyError} `SCHEDULE_NOT_FOUND` */
export async function removeSchedule(
  world: World,
  scheduleId: string,
  principal?: string,
): Promise<Schedule> {
  const schedule = await requireSchedule(world, scheduleId, principal);
  if (await (await world.schedules()).removeSchedule(scheduleId)) return schedule;
  throw notFound(scheduleId);
}

/** @throws {OattyError} `SCHEDULE_NOT_FOUND` */
export async function requireSchedule(
  world: World,
  scheduleId: string,
  principal?: string,
): Promise<Schedule> {
  const schedule = await (await world.schedules()).getSchedule(scheduleId);
  if (schedule === undefined || !isOf(schedule, principal)) throw notFound(scheduleId);
  return schedule;
}

// --- internal ---

type Change = (schedule: Schedule) => ScheduleChange | Promise<ScheduleChange>;

/** Again when somebody else has acted on it meanwhile. */
async function change(
  world: World,
  scheduleId: string,
  principal: string | undefined,
  toChange: Change,
): Promise<Schedule> {
  const store = await world.schedules();
  for (;;) {
    const schedule = await requireSchedule(world, scheduleId, principal);
    if (schedule.status === 'ended') throw hasEnded(scheduleId);
    const { next_at, ...others } = schedule;
    const changed = await toChange(schedule);
    if (changed.status === schedule.status) return schedule;
    if (await store.changeSchedule(scheduleId, next_at, changed)) return { ...others, ...changed };
  }
}

/** One time that has passed meanwhile is missed: whether it is made up for, the schedule says. */
async function toResumed(world: World, schedule: Schedule): Promise<ScheduleChange> {
  const { timing } = schedule;
  if ('event' in timing) return { status: 'active', ...(await listenFromNow(world, schedule)) };
  if ('at' in timing) return { status: 'active', next_at: timing.at };
  const { compileTiming } = await import('@oatty/engine');
  const next = compileTiming(timing)(world.clock.now().getTime());
  return next === undefined
    ? { status: 'ended' }
    : { status: 'active', next_at: new Date(next).toISOString() };
}

function isOf({ caller }: Schedule, principal: string | undefined): boolean {
  return principal === undefined || (caller ?? libraryCaller).principal === principal;
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
