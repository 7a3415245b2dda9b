/**
 * What somebody agrees to who lets a workflow run: the workflow, and all that it runs.
 *
 *   G1. One that cannot run is left out: what is not agreed to is refused when it can.
 *   G2. A manifest that is not saved, or is kept with its run, is nobody else's to change; what it runs counts.
 *   G3. Runs of `local` may run what is there: who has this machine edits a workflow, and means it.
 */
import type { AgreedWorkflows, Caller, Workflow } from '@oatty/types';
import { isLocal } from '../caller.ts';
import { subWorkflowIds } from '../commands/workflow-command.ts';
import type { World } from '../world.ts';
import { requireValidWorkflow } from './check-workflow.ts';
import type { WorkflowSelector } from './workflows.ts';

/** What a run may run that somebody starts. `undefined`: anything (G3). */
export async function agreeTo(
  world: World,
  caller: Caller,
  workflow: Workflow,
): Promise<AgreedWorkflows | undefined> {
  if (isLocal(caller)) return undefined;
  return digestReached(world, { manifest: { ...workflow } }, workflow);
}

/** @param workflow - the one that was selected */
export async function digestReached(
  world: World,
  selector: WorkflowSelector,
  workflow: Workflow,
): Promise<AgreedWorkflows> {
  const { digestWorkflow } = await import('@oatty/engine');
  const digests = new Map<string, string>();
  if ('workflowId' in selector) digests.set(selector.workflowId, digestWorkflow(workflow));
  const open = calledBy(workflow);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const called = digests.has(id) ? undefined : await findValid(world, id);
    if (called === undefined) continue;
    digests.set(id, digestWorkflow(called));
    open.push(...calledBy(called));
  }
  return Object.fromEntries(digests);
}

/** The first workflow that was not agreed to as it is now, before anything runs; each is compared again when it starts. */
export async function findUnagreed(
  world: World,
  selector: WorkflowSelector,
  workflow: Workflow,
  agreed: AgreedWorkflows,
): Promise<string | undefined> {
  const { isAgreed } = await import('@oatty/engine');
  const reached = Object.entries(await digestReached(world, selector, workflow));
  return reached.find(([id, digest]) => !isAgreed(id, digest, agreed))?.[0];
}

// --- internal ---

function calledBy({ steps }: Workflow): string[] {
  return subWorkflowIds(steps.map(({ run }) => run));
}

/** G1 */
async function findValid(world: World, workflowId: string): Promise<Workflow | undefined> {
  try {
    return (await requireValidWorkflow(world, { workflowId })).workflow;
  } catch {
    return undefined;
  }
}
