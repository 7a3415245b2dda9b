/**
 * Starts a run.
 *
 *   S1. Whatever is wrong is said before anything is written.
 *   S2. A confirmation holds for one plan: manifest, inputs and effects.
 *   S3. With `ask`, what is missing is asked for by the run itself (`complete-inputs.ts`).
 */
import type { InputResolution, Plan } from '@oatty/engine';
import { OattyError } from '@oatty/types';
import type { Workflow } from '@oatty/types';
import { libraryCaller } from '../caller.ts';
import { requireValidWorkflow } from '../workflows/check-workflow.ts';
import { resolveValidInputs } from '../workflows/resolve-inputs.ts';
import type { World } from '../world.ts';
import type { BackgroundRuns } from './background-runs.ts';
import { nameSteps, stepsToConfirm } from './confirmation.ts';
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
  const resolution = await resolveValidInputs(world, workflow, inputs, { caller, signal });
  const plan = await makePlan(world, workflow, resolution, options);
  const isOpen = plan === undefined || mustConfirm(plan, options);
  const runner = await world.runner();
  refuseStopped(world, signal);
  const runId = await runner.start({
    workflow,
    // What is asked for later is resolved again together with the answers.
    inputs: isOpen ? inputs : resolution.resolved,
    caller,
    ...(isOpen && { incomplete: true }),
    ...(maxEffect !== undefined && { maxEffect }),
    ...(confirmedPlan !== undefined && confirmedPlan === plan?.plan_hash && { confirmedPlan }),
    ...(ttlMs !== undefined && { ttlMs }),
    ...(operation && { operation }),
    ...(options.runId !== undefined && { runId: options.runId }),
  });
  const rest = background.carryOn(runner, runId);
  if (signal !== undefined) background.follow(runner, runId, signal);
  return toRunHandle(world, runner, { runId, workflowId: workflow.workflow, rest });
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
