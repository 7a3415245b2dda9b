/**
 * Schedules that are there: listed, paused, resumed, removed.
 *
 *   K1. With a principal, those of others are not there.
 *   K2. Resuming agrees to the workflow as it is now where it was changed, also while the schedule is active. What keeps
 *       it from starting is said then, as when it was planned.
 */
import type { ScheduleChange } from '@oatty/engine';
import { OattyError } from '@oatty/types';
import type { Agreement, Schedule } from '@oatty/types';
import { libraryCaller } from '../caller.ts';
import type { World } from '../world.ts';
import { findChangedWorkflow } from './agreement.ts';
import { requireStartable } from './require-startable.ts';
import { listenFromNow } from './wake-listening.ts';

export interface Resumption {
  readonly principal?: string | undefined;
  /** The owner resumes it, and agrees. Else one whose workflow was changed is not resumed. */
  readonly agrees?: boolean;
  /** Also to destructive steps. */
  readonly mayDestroy?: boolean;
}

export async function listSchedules(world: World, principal?: string): Promise<readonly Schedule[]> {
  return (await world.schedules()).listSchedules(principal);
}

export async function pauseSchedule(world: World, scheduleId: string, principal?: string): Promise<Schedule> {
  return change(world, scheduleId, principal, () => ({ status: 'paused' }));
}

export async function resumeSchedule(
  world: World,
  scheduleId: string,
  resumption: Resumption,
): Promise<Schedule> {
  return change(world, scheduleId, resumption.principal, (schedule) =>
    toResumed(world, schedule, resumption),
  );
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
    if (changed.status === schedule.status && changed.agreed === undefined) return schedule;
    if (await store.changeSchedule(scheduleId, next_at, changed)) return { ...others, ...changed };
  }
}

async function toResumed(world: World, schedule: Schedule, by: Resumption): Promise<ScheduleChange> {
  const agreement = await agreeAgain(world, schedule, by);
  const { status, next_at } = schedule;
  if (status === 'active') return { ...agreement, status, ...(next_at !== undefined && { next_at }) };
  return { ...agreement, ...(await goOn(world, schedule)) };
}

/** K2 */
async function agreeAgain(
  world: World,
  schedule: Schedule,
  { agrees = false, mayDestroy = false }: Resumption,
): Promise<Partial<Agreement>> {
  const unagreed = await findChangedWorkflow(world, schedule);
  if (unagreed === undefined) return {};
  if (!agrees) throw (await import('@oatty/engine')).toUnagreedError(unagreed);
  const { caller = libraryCaller } = schedule;
  return requireStartable(world, schedule, { caller, mayDestroy });
}

/** One time that has passed meanwhile is missed: whether it is made up for, the schedule says. */
async function goOn(world: World, schedule: Schedule): Promise<ScheduleChange> {
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
