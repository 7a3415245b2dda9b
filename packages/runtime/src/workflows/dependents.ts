/**
 * What needs a saved workflow, for those who rename or delete it: other workflows, and schedules.
 *
 * Schedules of other users are counted, not named, except for `local`, whose machine it is.
 *
 * Schedules are in the journal. A workflow is a file, which goes also when the journal cannot be read; who does it is told
 * what nobody could look up.
 */
import { boundViolations, OattyError } from '@oatty/types';
import type { Violation } from '@oatty/types';
import { isLocal, libraryCaller } from '../caller.ts';
import { subWorkflowIds } from '../commands/workflow-command.ts';
import { startedWorkflow } from '../schedules/scheduled-start.ts';
import type { World } from '../world.ts';
import type { ByCaller, WorkflowDependents } from './workflows.ts';

export async function findDependents(
  world: World,
  workflowId: string,
  by?: ByCaller,
): Promise<WorkflowDependents> {
  return {
    workflows: (await findCallers(world, workflowId)).map(({ workflow_id }) => workflow_id),
    ...(await findSchedules(world, workflowId, by)),
  };
}

/** A warning for each that needs `workflowId`, which goes: workflows by id, then schedules by id. */
export async function warnDependents(
  world: World,
  workflowId: string,
  { renamedTo, ...by }: ByCaller & { readonly renamedTo?: string } = {},
): Promise<readonly Violation[]> {
  const callers = await findCallers(world, workflowId);
  const dependents = await findSchedules(world, workflowId, by);
  const { schedules, other_schedules: others = 0, schedules_unread: unread } = dependents;
  return boundViolations([
    ...callers.map(({ workflow_id, path }) => ({
      path: '$',
      rule: 'workflow_called',
      message: `The workflow "${workflow_id}" (${path}) runs "${workflowId}", which is not there any more.`,
      actual: workflow_id,
      ...(renamedTo !== undefined && { suggestion: `Let it run "workflow ${renamedTo}".` }),
    })),
    ...schedules.map((scheduleId) => ({
      path: '$',
      rule: 'workflow_scheduled',
      message: `The schedule "${scheduleId}" starts "${workflowId}", which is not there any more.`,
      actual: scheduleId,
      suggestion: `Remove it${renamedTo === undefined ? '' : `, and add one for "${renamedTo}"`}.`,
    })),
    ...(others === 0 ? [] : [warnOthers(workflowId, others)]),
    ...(unread === undefined ? [] : [warnUnread(workflowId, unread)]),
  ]);
}

/** For the question before it goes: `the workflows a, b and the schedule nightly`; `undefined` when nothing needs it. */
export function nameDependents({
  workflows,
  schedules,
  other_schedules: others = 0,
  schedules_unread: unread,
}: WorkflowDependents): string | undefined {
  const perhaps = unread === undefined ? undefined : 'perhaps schedules, which cannot be read,';
  const parts = [
    nameSome('workflow', workflows),
    nameSome('schedule', schedules),
    others === 0 ? undefined : countOthers(others),
    perhaps,
  ];
  return parts.filter((part) => part !== undefined).join(' and ') || undefined;
}

// --- internal ---

const maxNamed = 20;

function nameSome(noun: string, ids: readonly string[]): string | undefined {
  if (ids.length === 0) return undefined;
  const more = ids.length > maxNamed ? ` (and ${ids.length - maxNamed} more)` : '';
  return `the ${noun}${ids.length === 1 ? '' : 's'} ${ids.slice(0, maxNamed).join(', ')}${more}`;
}

async function findCallers({ workflowStore }: World, workflowId: string) {
  const saved = await workflowStore.signatures();
  return saved.flatMap(({ listing, signature }) =>
    subWorkflowIds(signature.runs).includes(workflowId) ? [listing] : [],
  );
}

type Schedules = Omit<WorkflowDependents, 'workflows'>;

/** Those that have times to come. */
async function findSchedules(
  world: World,
  workflowId: string,
  { caller = libraryCaller }: ByCaller = {},
): Promise<Schedules> {
  try {
    const schedules = await (await world.schedules()).listSchedules();
    const needing = schedules.filter(
      (schedule) => startedWorkflow(schedule) === workflowId && schedule.status !== 'ended',
    );
    const named = needing.filter(({ caller: owner = libraryCaller }) => {
      return isLocal(caller) || owner.principal === caller.principal;
    });
    const others = needing.length - named.length;
    return {
      schedules: named.map(({ schedule_id }) => schedule_id),
      ...(others > 0 && { other_schedules: others }),
    };
  } catch (thrown) {
    return { schedules: [], schedules_unread: OattyError.from(thrown).message };
  }
}

function countOthers(count: number): string {
  return count === 1 ? 'a schedule of another user' : `${count} schedules of other users`;
}

function warnOthers(workflowId: string, count: number): Violation {
  return {
    path: '$',
    rule: 'workflow_scheduled',
    message: `"${workflowId}", which is not there any more, is started by ${countOthers(count)}.`,
  };
}

function warnUnread(workflowId: string, reason: string): Violation {
  return {
    path: '$',
    rule: 'schedules_unread',
    message: `Whether a schedule starts "${workflowId}" could not be looked up: ${reason}`,
    suggestion: 'Look with "oatty schedule list" when it can be read again.',
  };
}
