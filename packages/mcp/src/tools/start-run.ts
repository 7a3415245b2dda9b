/**
 * Starts a run, for `workflow.run` and `run.start`.
 *
 *   R1. What is wrong with the manifest or the inputs is said before anybody is asked to confirm.
 *   R2. A destructive plan is confirmed by a person who sees its steps, or by the caller where nobody can be asked.
 *   R3. The confirmation holds for that plan: manifest and inputs.
 */
import type { RunHandle, RunStartOptions, StepPlanDocument } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import * as z from 'zod';
import { confirmArgument, inputsArgument } from './argument-schemas.ts';
import { manifestSource, toSelector } from './manifest-source.ts';
import { requireConfirmation } from './person.ts';
import type { ToolContext } from './tool.ts';

export const startRunArguments = z.strictObject({
  ...manifestSource,
  inputs: inputsArgument,
  confirm: confirmArgument,
});

export type StartRunArguments = z.infer<typeof startRunArguments>;

/** `options` say how the run is followed: as a task, or by its id. */
export async function startRun(
  args: StartRunArguments,
  context: ToolContext,
  options: Pick<RunStartOptions, 'ask' | 'ttlMs'>,
): Promise<RunHandle> {
  const { oatty, caller } = context;
  const start: RunStartOptions = {
    workflow: toSelector(args),
    ...(args.inputs && { inputs: args.inputs }),
    caller,
    maxEffect: 'standard',
    ...options,
  };
  try {
    return await oatty.runs.start(start);
  } catch (thrown) {
    if (!needsConfirmation(thrown)) throw thrown;
    const plan = await oatty.workflows.stepPlan(start.workflow, args.inputs);
    await confirmPlan(plan, args.confirm, context);
    return oatty.runs.start({ ...start, confirmedPlan: plan.plan_hash });
  }
}

// --- internal ---

function needsConfirmation(thrown: unknown): boolean {
  return thrown instanceof OattyError && thrown.code === 'CONFIRMATION_REQUIRED';
}

function confirmPlan(
  plan: StepPlanDocument,
  confirm: boolean | undefined,
  { person }: ToolContext,
): Promise<void> {
  const steps = plan.steps.filter((step) => step.effect === 'destructive' && step.will_run !== false);
  const named = steps.map((step) => `${step.step_id} (${step.run})`).join(', ');
  const message = `Run "${plan.workflow_id}" with destructive steps: ${named}?`;
  const { workflow_id, plan_hash } = plan;
  const step_ids = steps.map((step) => step.step_id);
  return requireConfirmation({ message, confirm, context: { workflow_id, plan_hash, step_ids } }, person);
}
