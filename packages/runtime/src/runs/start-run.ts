/**
 * Starts a run.
 *
 *   S1. Whatever is wrong is said before anything is written.
 *   S2. A confirmation holds for one plan: manifest, inputs and effects.
 *   S3. With `ask`, what is missing is asked for by the run itself (`complete-inputs.ts`).
 *   S4. A run with a queue is left in line. Where its key is taken, the run that has it is the one that is given.
 */
import type { InputResolution, Plan, RunRequest } from '@oatty/engine';
import { OattyError } from '@oatty/types';
import type { QueuePlace, Workflow } from '@oatty/types';
import { libraryCaller } from '../caller.ts';
import { joinDuplicate } from '../queues/join-duplicate.ts';
import { requireValidWorkflow } from '../workflows/check-workflow.ts';
import { agreeTo, findUnagreed } from '../workflows/agreed-workflows.ts';
import { resolveValidInputs } from '../workflows/resolve-inputs.ts';
import type { World } from '../world.ts';
import type { BackgroundRuns } from './background-runs.ts';
import { nameSteps, stepsToConfirm } from './confirmation.ts';
import { refuseKeptSecrets } from './refuse-kept-secrets.ts';
import { toMissingError } from './missing-inputs.ts';
import { toRunHandle } from './run-handle.ts';
import type { RunHandle, RunStartOptions } from './runs.ts';

export async function startRun(
  world: World,
  background: BackgroundRuns,
  options: RunStartOptions,
): Promise<RunHandle> {
  const { caller = libraryCaller, inputs = {}, maxEffect, confirmedPlan, ttlMs, operation, signal } = options;
  const { workflow } = await requireValidWorkflow(world, options.workflow);
  await refuseUnagreed(world, workflow, options);
  const agreed = options.agreed ?? (await agreeTo(world, caller, workflow));
  const resolution = await resolveValidInputs(world, workflow, inputs, { caller, signal });
  const plan = await makePlan(world, workflow, resolution, options);
  const isOpen = plan === undefined || mustConfirm(plan, options);
  const queue = await toQueue(workflow, options, isOpen ? undefined : resolution.resolved);
  await world.runner(); // opened before the last moment at which it can be given up
  refuseStopped(world, signal);
  return begin(world, background, options, {
    workflow,
    // What is asked for later is resolved again together with the answers.
    inputs: isOpen ? inputs : resolution.resolved,
    caller,
    ...(isOpen && { incomplete: true }),
    ...(maxEffect !== undefined && { maxEffect }),
    ...(confirmedPlan !== undefined && confirmedPlan === plan?.plan_hash && { confirmedPlan }),
    ...(ttlMs !== undefined && { ttlMs }),
    ...(operation && { operation }),
    ...(queue && { queue }),
    ...(options.runId !== undefined && { runId: options.runId }),
    ...(options.triggeredBy && { triggeredBy: options.triggeredBy }),
    ...(agreed && { agreed }),
  });
}

/**
 * @returns `undefined` when inputs are missing, which the run will ask for
 * @throws {OattyError} `WORKFLOW_INPUTS_INCOMPLETE` when it may not
 */
export async function makePlan(
  world: World,
  workflow: Workflow,
  resolution: InputResolution,
  { ask }: Pick<RunStartOptions, 'ask'>,
): Promise<Plan | undefined> {
  if (resolution.missing.length > 0) {
    if (ask === true) return undefined;
    throw toMissingError(workflow.workflow, resolution);
  }
  const { buildPlan } = await import('@oatty/engine');
  return buildPlan(workflow, resolution.resolved, world.commandSource);
}

/** Whether the run has to ask a person first. @throws {OattyError} `CONFIRMATION_REQUIRED` when it may not */
export function mustConfirm(
  plan: Plan,
  { maxEffect, confirmedPlan, ask }: Pick<RunStartOptions, 'maxEffect' | 'confirmedPlan' | 'ask'>,
): boolean {
  const steps = stepsToConfirm(plan, maxEffect);
  if (steps.length === 0 || confirmedPlan === plan.plan_hash) return false;
  if (ask === true) return true;
  const isOld = confirmedPlan !== undefined ? ' What was confirmed is another plan.' : '';
  throw new OattyError(
    'CONFIRMATION_REQUIRED',
    `Workflow "${plan.workflow_id}" is ${plan.effect} in ${nameSteps(steps)}.${isOld}`,
    {
      context: {
        workflow_id: plan.workflow_id,
        plan_hash: plan.plan_hash,
        effect: plan.effect,
        steps: steps.map(({ step_id }) => step_id),
      },
    },
  );
}

export function refuseStopped({ closing }: World, signal: AbortSignal | undefined): void {
  closing.signal.throwIfAborted();
  if (signal?.aborted === true) {
    throw new OattyError('CANCELED', 'The run was canceled before it started.', { cause: signal.reason });
  }
}

// --- internal ---

async function refuseUnagreed(
  world: World,
  workflow: Workflow,
  { workflow: selector, agreed }: RunStartOptions,
): Promise<void> {
  if (agreed === undefined) return;
  const unagreed = await findUnagreed(world, selector, workflow, agreed);
  if (unagreed !== undefined) throw (await import('@oatty/engine')).toUnagreedError(unagreed);
}

/** @param inputs - `undefined` while some are missing: the key is made when they are there */
async function toQueue(
  workflow: Workflow,
  { queue: request, inputs: given = {} }: RunStartOptions,
  inputs: Readonly<Record<string, unknown>> | undefined,
): Promise<QueuePlace | undefined> {
  const { toDedupKey, toQueuePlace } = await import('@oatty/engine');
  const place = toQueuePlace(workflow, request);
  if (place === undefined) return undefined;
  if (request?.leave === true) refuseKeptSecrets(workflow, given);
  const key = inputs && toDedupKey(workflow, inputs);
  return key === undefined ? place : { dedup_key: key, ...place };
}

/** S4 */
async function begin(
  world: World,
  background: BackgroundRuns,
  { queue, signal }: RunStartOptions,
  request: RunRequest,
): Promise<RunHandle> {
  const runner = await world.runner();
  let runId: string;
  try {
    runId = await runner.start(request);
  } catch (thrown) {
    const { run_id, workflow_id, status } = await joinDuplicate(world, thrown, request.caller.principal);
    const joined = { runId: run_id, workflowId: workflow_id, status, deduplicated: true } as const;
    return toRunHandle(world, background, runner, joined);
  }
  const isInLine = request.queue !== undefined && request.incomplete !== true;
  if (isInLine && queue?.leave !== true) background.queued.expect(runId);
  if (signal !== undefined) background.follow(runner, runId, signal);
  const rest = isInLine ? undefined : background.begin(runner, runId);
  const workflowId = request.workflow.workflow;
  const line = isInLine && { queue: request.queue.name };
  return toRunHandle(world, background, runner, { runId, workflowId, ...line, ...(rest && { rest }) });
}
