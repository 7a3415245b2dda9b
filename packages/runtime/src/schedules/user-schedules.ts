/**
 * Schedules that users plan by commands of the tasks catalog.
 *
 *   U1. A schedule belongs to its principal; those of others are not there.
 *   U2. Its runs may do no more than the call that has planned them. What destroys something is planned by a call that a
 *       person has agreed to and that may do that itself; a step of a run never does.
 *   U3. A call that is made again with its key gives the schedule that is there.
 *   U4. Who resumes a schedule agrees to what its workflow is now, and U2 holds for that as well. A step of a run agrees
 *       to nothing.
 */
import type { SchedulePlan, UserSchedule, UserSchedules } from '@oatty/tasks';
import { OattyError } from '@oatty/types';
import type { Caller, HandlerContext, Schedule } from '@oatty/types';
import { createHash } from 'node:crypto';
import { fromWorkflowCommandId } from '../commands/workflow-command.ts';
import type { World } from '../world.ts';
import { addSchedule } from './add-schedule.ts';
import {
  listSchedules,
  pauseSchedule,
  removeSchedule,
  requireSchedule,
  resumeSchedule,
} from './kept-schedules.ts';
import { toUuid } from './to-uuid.ts';

export function createUserSchedules(world: World): UserSchedules {
  const toUser = (schedule: Schedule) => toUserSchedule(world, schedule);
  return {
    add: async (plan, context) => toUser(await add(world, plan, context)),
    async list(principal) {
      return Promise.all((await listSchedules(world, principal)).map(toUser));
    },
    pause: async (scheduleId, principal) => toUser(await pauseSchedule(world, scheduleId, principal)),
    resume: async (scheduleId, context) => toUser(await resume(world, scheduleId, context)),
    remove: async (scheduleId, principal) => toUser(await removeSchedule(world, scheduleId, principal)),
  };
}

// --- internal ---

async function add(world: World, plan: SchedulePlan, context: HandlerContext): Promise<Schedule> {
  const { caller, idempotencyKey } = context;
  const workflowId = fromWorkflowCommandId(plan.run);
  const { event, priority, ...clock } = { event: undefined, priority: undefined, ...plan.timing };
  const scheduleId = toScheduleId(world, context);
  try {
    return await addSchedule(world, {
      ...(workflowId === undefined ? { commandId: plan.run } : { workflowId }),
      scheduleId,
      inputs: plan.inputs,
      ...(plan.name !== undefined && { name: plan.name }),
      ...(event !== undefined && { event }),
      ...(priority !== undefined && { priority }),
      ...clock,
      ...(plan.missed !== undefined && { missed: plan.missed }),
      mayDestroy: mayDestroy(context),
      caller: toKeptCaller(caller),
    });
  } catch (thrown) {
    const { code, message } = OattyError.from(thrown);
    if (code === 'CONFIRMATION_REQUIRED') throw toQuestion(message, context, 'plan');
    if (code !== 'SCHEDULE_ALREADY_EXISTS' || idempotencyKey === undefined) throw thrown;
    return requireSchedule(world, scheduleId, caller.principal);
  }
}

/** U4 */
async function resume(world: World, scheduleId: string, context: HandlerContext): Promise<Schedule> {
  try {
    return await resumeSchedule(world, scheduleId, {
      principal: context.caller.principal,
      agrees: context.runId === undefined,
      mayDestroy: mayDestroy(context),
    });
  } catch (thrown) {
    const { code, message } = OattyError.from(thrown);
    throw code === 'CONFIRMATION_REQUIRED' ? toQuestion(message, context, 'resume') : thrown;
  }
}

/** U3 */
function toScheduleId({ entropy }: World, { caller, idempotencyKey }: HandlerContext): string {
  if (idempotencyKey === undefined) return entropy.id();
  return toUuid(createHash('sha256').update([caller.principal, idempotencyKey].join('\n')));
}

/** U2 */
function mayDestroy({ confirmed, maxEffect, runId }: HandlerContext): boolean {
  const isAllowed = maxEffect === undefined || maxEffect === 'destructive';
  return confirmed === true && isAllowed && runId === undefined;
}

/** Who the runs are called by; they come through the scheduler, whatever door the call came through. */
function toKeptCaller({ principal, role }: Caller): Caller {
  return { principal, via: 'library', ...(role !== undefined && { role }) };
}

function toQuestion(message: string, { runId }: HandlerContext, act: 'plan' | 'resume'): OattyError {
  return new OattyError('CONFIRMATION_REQUIRED', message, {
    suggestedAction:
      runId === undefined
        ? `Ask the person. When they agree, ${act} it through command.run_destructive, or with --yes.`
        : `Let a person ${act} it: a step of a run cannot.`,
  });
}

const shownTimes = 5;

async function toUserSchedule(world: World, schedule: Schedule): Promise<UserSchedule> {
  const { timing, status } = schedule;
  if ('event' in timing || status !== 'active') return { schedule, times: [] };
  const { upcomingTimes } = await import('@oatty/engine');
  const times = upcomingTimes(timing, world.clock.now().getTime(), shownTimes);
  return { schedule, times: times.map((time) => new Date(time).toISOString()) };
}
