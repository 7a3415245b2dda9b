/**
 * Adds a schedule. Whatever would keep its runs from starting is said now, since nobody is there to hear it later.
 */
import { OattyError, workflowIdPattern } from '@oatty/types';
import type { Schedule, ScheduleTarget, Timing } from '@oatty/types';
import { libraryCaller } from '../caller.ts';
import { refuseQueueNames } from '../queues/queue-names.ts';
import type { World } from '../world.ts';
import { readTiming } from './read-timing.ts';
import { requireStartable } from './require-startable.ts';
import type { ScheduleOptions } from './schedules.ts';
import { listenFromNow } from './wake-listening.ts';

/** Of one principal, ended ones not counted. */
export const maxSchedules = 1_000;

export async function addSchedule(world: World, options: ScheduleOptions): Promise<Schedule> {
  const { scheduleId = options.workflowId ?? world.entropy.id(), inputs = {} } = options;
  const now = world.clock.now();
  const target = readTarget(options);
  const timing = await readTiming(options, now);
  refuseId(scheduleId);
  refuseQueueNames(options.queue === undefined ? [] : [options.queue]);
  const times = await findTimes(world, timing, options);
  const agreement = await requireStartable(world, { ...target, timing, inputs }, options);
  const schedule: Schedule = {
    schedule_id: scheduleId,
    ...target,
    ...(options.name !== undefined && { name: options.name }),
    ...(options.caller !== undefined && { caller: options.caller }),
    timing,
    missed: options.missed ?? ('at' in timing ? 'latest' : 'event' in timing ? 'all' : 'skip'),
    inputs,
    ...(options.queue !== undefined && { queue: options.queue }),
    ...agreement,
    created_at: now.toISOString(),
    status: 'active',
    ...times,
  };
  const store = await world.schedules();
  refuseTooMany(await store.listSchedules(options.caller?.principal ?? libraryCaller.principal));
  if (await store.addSchedule(schedule)) return schedule;
  throw new OattyError('SCHEDULE_ALREADY_EXISTS', `There is a schedule "${scheduleId}" already.`, {
    context: { schedule_id: scheduleId },
  });
}

// --- internal ---

function readTarget({ workflowId, commandId }: ScheduleOptions): ScheduleTarget {
  if (workflowId !== undefined && commandId === undefined) return { workflow_id: workflowId };
  if (commandId !== undefined && workflowId === undefined) return { command_id: commandId };
  throw new OattyError('ARGUMENT_INVALID', 'A schedule starts a saved workflow or one command.', {
    suggestedAction: 'Name one of them.',
  });
}

async function findTimes(
  world: World,
  timing: Timing,
  { at, caller }: ScheduleOptions,
): Promise<Pick<Schedule, 'next_at' | 'seen'>> {
  if ('event' in timing) return listenFromNow(world, { timing, ...(caller && { caller }) });
  const { compileTiming } = await import('@oatty/engine');
  const next = compileTiming(timing)(world.clock.now().getTime());
  if (next !== undefined) return { next_at: new Date(next).toISOString() };
  throw new OattyError('ARGUMENT_INVALID', `${at ?? 'Its last time'} is in the past.`, {
    suggestedAction: 'Name an instant that is still to come.',
    context: { at },
  });
}

function refuseTooMany(schedules: readonly Schedule[]): void {
  if (schedules.filter(({ status }) => status !== 'ended').length < maxSchedules) return;
  throw new OattyError('LIMIT_EXCEEDED', `There are ${maxSchedules} schedules already.`, {
    suggestedAction: 'Remove some of them first.',
  });
}

function refuseId(scheduleId: string): void {
  if (workflowIdPattern.test(scheduleId)) return;
  throw new OattyError('ARGUMENT_INVALID', `"${scheduleId}" is no id of a schedule.`, {
    suggestedAction: 'Use 1 to 64 characters of A-Z a-z 0-9 _ -.',
    context: { schedule_id: scheduleId },
  });
}
