/**
 * Adds a schedule. Whatever would keep its runs from starting is said now, since nobody is there to hear it later.
 */
import { OattyError, workflowIdPattern } from '@oatty/types';
import type { Schedule, Workflow } from '@oatty/types';
import { libraryCaller } from '../caller.ts';
import { refuseKeptSecrets } from '../runs/refuse-kept-secrets.ts';
import { refuseQueueNames } from '../queues/queue-names.ts';
import { makePlan, mustConfirm } from '../runs/start-run.ts';
import { requireValidWorkflow } from '../workflows/check-workflow.ts';
import { resolveValidInputs } from '../workflows/resolve-inputs.ts';
import type { World } from '../world.ts';
import { readTiming } from './read-timing.ts';
import type { ScheduleOptions } from './schedules.ts';

export async function addSchedule(world: World, options: ScheduleOptions): Promise<Schedule> {
  const { workflowId, scheduleId = workflowId, inputs = {}, mayDestroy = false } = options;
  const timing = readTiming(options);
  const { compileTiming } = await import('@oatty/engine');
  const now = world.clock.now();
  const next = compileTiming(timing)(now.getTime());
  if (next === undefined) throw isPast(options);
  refuseId(scheduleId);
  refuseQueueNames(options.queue === undefined ? [] : [options.queue]);
  const { workflow } = await requireValidWorkflow(world, { workflowId });
  refuseKeptSecrets(workflow, inputs);
  await requireStartable(world, workflow, options);
  const schedule: Schedule = {
    schedule_id: scheduleId,
    workflow_id: workflowId,
    timing,
    missed: options.missed ?? ('cron' in timing ? 'skip' : 'latest'),
    inputs,
    ...(options.queue !== undefined && { queue: options.queue }),
    may_destroy: mayDestroy,
    created_at: now.toISOString(),
    status: 'active',
    next_at: new Date(next).toISOString(),
  };
  const store = await world.schedules();
  if (await store.addSchedule(schedule)) return schedule;
  throw new OattyError('SCHEDULE_ALREADY_EXISTS', `There is a schedule "${scheduleId}" already.`, {
    context: { schedule_id: scheduleId },
  });
}

// --- internal ---

/** As a start of the run would do it, so that what keeps it from starting is said the same way. */
async function requireStartable(
  world: World,
  workflow: Workflow,
  { inputs = {}, mayDestroy = false }: ScheduleOptions,
): Promise<void> {
  const resolution = await resolveValidInputs(world, workflow, inputs, { caller: libraryCaller });
  const plan = await makePlan(world, workflow, resolution, {});
  if (plan !== undefined) mustConfirm(plan, { maxEffect: mayDestroy ? 'destructive' : 'standard' });
}

function refuseId(scheduleId: string): void {
  if (workflowIdPattern.test(scheduleId)) return;
  throw new OattyError('ARGUMENT_INVALID', `"${scheduleId}" is no id of a schedule.`, {
    suggestedAction: 'Use 1 to 64 characters of A-Z a-z 0-9 _ -.',
    context: { schedule_id: scheduleId },
  });
}

function isPast({ at }: ScheduleOptions): OattyError {
  return new OattyError('ARGUMENT_INVALID', `${at ?? 'The time'} is in the past.`, {
    suggestedAction: 'Name an instant that is still to come.',
    context: { at },
  });
}
