/** Tells who changes a workflow which schedules of their own start nothing until they are resumed. */
import { boundViolations } from '@oatty/types';
import type { Caller, Violation, Workflow } from '@oatty/types';
import { isLocal } from '../caller.ts';
import type { World } from '../world.ts';
import { agreedOf } from './agreement.ts';
import { listSchedules } from './kept-schedules.ts';

/** A workflow is a file: a journal that cannot be read keeps nobody from saving one, and the schedules say it later. */
export async function warnOwner(
  world: World,
  caller: Caller,
  workflow: Workflow,
): Promise<readonly Violation[]> {
  if (isLocal(caller)) return [];
  const { digestWorkflow, isAgreed } = await import('@oatty/engine');
  const { workflow: workflowId } = workflow;
  const digest = digestWorkflow(workflow);
  const own = await listSchedules(world, caller.principal).catch(() => []);
  const stopped = own.filter((schedule) => {
    const agreed = agreedOf(schedule) ?? {};
    const isReached = schedule.status !== 'ended' && Object.hasOwn(agreed, workflowId);
    return isReached && !isAgreed(workflowId, digest, agreed);
  });
  return boundViolations(
    stopped.map(({ schedule_id, name }) => ({
      path: '$',
      rule: 'schedule_to_resume',
      message: `Your schedule "${name ?? schedule_id}" runs "${workflowId}", and starts nothing until you agree to the change.`,
      actual: schedule_id,
      suggestion: `Run "tasks schedules:resume" with the schedule_id ${schedule_id}.`,
    })),
  );
}
