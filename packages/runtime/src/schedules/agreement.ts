/**
 * What the owner of a schedule has agreed to. Saved workflows are common to all users; their schedules are not.
 *
 *   B1. A schedule keeps what its workflow was, with all that this runs, when it was planned. Nothing else runs in the
 *       owner's name while the owner is away.
 *   B2. Schedules of `local` keep nothing: who has this machine edits a workflow and has the schedule run it from then on.
 *   B3. One command of a catalog is nothing that users change.
 */
import type { AgreedWorkflows, Caller, Schedule, ScheduleTarget } from '@oatty/types';
import { isLocal, libraryCaller } from '../caller.ts';
import { requireValidWorkflow } from '../workflows/check-workflow.ts';
import { findUnagreed } from '../workflows/agreed-workflows.ts';
import type { World } from '../world.ts';
import { startedWorkflow } from './scheduled-start.ts';

/** B2, B3 */
export function needsAgreement({
  caller = libraryCaller,
  ...target
}: ScheduleTarget & { readonly caller?: Caller }): boolean {
  return !isLocal(caller) && startedWorkflow(target) !== undefined;
}

/** What its runs may run; one that was planned before this was kept may run nothing. `undefined`: anything. */
export function agreedOf(schedule: Schedule): AgreedWorkflows | undefined {
  return needsAgreement(schedule) ? (schedule.agreed ?? {}) : undefined;
}

/** The workflow that the owner of a schedule has not agreed to as it is now. @throws {OattyError} when it cannot run */
export async function findChangedWorkflow(world: World, schedule: Schedule): Promise<string | undefined> {
  const [agreed, workflowId] = [agreedOf(schedule), startedWorkflow(schedule)];
  if (agreed === undefined || workflowId === undefined) return undefined;
  const { workflow } = await requireValidWorkflow(world, { workflowId });
  return findUnagreed(world, { workflowId }, workflow, agreed);
}
