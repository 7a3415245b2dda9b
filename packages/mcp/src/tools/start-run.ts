/**
 * Starts a run, for `workflow.run`, `workflow.execute` and `run.start`.
 *
 *   R1. What is wrong with the manifest or the inputs is said before anybody is asked to confirm.
 *   R2. A destructive plan is confirmed by a person who sees its steps, or by the caller where nobody can be asked.
 *   R3. The confirmation holds for that plan: manifest, inputs and effects. `plan_hash` ties a `confirm` to the plan
 *       that an earlier answer has shown, whatever became of the manifest in between.
 *   R4. A secret is never asked for with a form (the protocol forbids it): it comes with the call, or not at all.
 *   R5. Nobody confirms more than the access token allows.
 *   R6. A task is a run of its own: where a queue has one with the same key, there is none.
 */
import type { Oatty, RunHandle, RunStartOptions, StepPlanDocument } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import * as z from 'zod';
import { confirmArgument, jsonObject, planHashArgument, refuseLonePlan } from './argument-schemas.ts';
import { manifestSource, toSelector } from './manifest-source.ts';
import { requireAllowance } from './allowance.ts';
import { requireConfirmation, toPlanConfirmation } from './person.ts';
import type { ToolContext } from './tool.ts';

export const startRunArguments = z.strictObject({
  ...manifestSource,
  inputs: jsonObject.optional(),
  confirm: confirmArgument,
  plan_hash: planHashArgument,
});

export type StartRunArguments = z.infer<typeof startRunArguments>;

export interface StartRunOptions {
  /** Whether what is missing may be asked for while the run waits. */
  readonly ask: boolean;
  readonly ttlMs?: number;
  /** The tool, where its result is not the run. */
  readonly operation?: string;
}

export async function startRun(
  args: StartRunArguments,
  context: ToolContext,
  { ask, ttlMs, operation }: StartRunOptions,
): Promise<RunHandle> {
  const { caller } = context;
  refuseLonePlan(args);
  const start: RunStartOptions = {
    workflow: toSelector(args),
    ...(args.inputs && { inputs: args.inputs }),
    caller,
    maxEffect: 'standard',
    ...(ttlMs !== undefined && { ttlMs }),
    ...(operation !== undefined && { operation: { name: operation } }),
  };
  await requireAllowedPlan(start, context);
  const handle = await startAgreed(start, args, context, ask);
  if (handle.deduplicated && ttlMs !== undefined) throw isTaskAlready(handle);
  return handle;
}

// --- internal ---

async function startAgreed(
  start: RunStartOptions,
  args: StartRunArguments,
  context: ToolContext,
  ask: boolean,
): Promise<RunHandle> {
  const { oatty, caller } = context;
  try {
    return await oatty.runs.start(start);
  } catch (thrown) {
    const error = OattyError.from(thrown);
    if (ask && (await canBeAsked(error, start, oatty))) return oatty.runs.start({ ...start, ask });
    if (error.code !== 'CONFIRMATION_REQUIRED') throw error;
    const plan = await oatty.workflows.stepPlan(start.workflow, args.inputs, { caller });
    await confirmPlan(plan, args, context);
    return oatty.runs.start({ ...start, confirmedPlan: plan.plan_hash });
  }
}

/** R6 */
function isTaskAlready({ run_id, workflow_id }: RunHandle): OattyError {
  const message = `Run "${run_id}" of its queue has the key of this one, and has not ended.`;
  return new OattyError('RUN_STATE_CONFLICT', message, {
    suggestedAction: 'Ask for that run with run.status, or start another one when it has ended.',
    context: { reason: 'duplicate', run_id, workflow_id },
  });
}

/** What would be asked later, when inputs are there, is refused now (R5). */
async function requireAllowedPlan(
  { workflow, inputs }: RunStartOptions,
  context: ToolContext,
): Promise<void> {
  const { oatty, caller, maxEffect } = context;
  if (maxEffect === undefined || maxEffect === 'destructive') return;
  const { workflow_id, effect } = await oatty.workflows.stepPlan(workflow, inputs, { caller });
  requireAllowance(workflow_id, effect, context);
}

async function canBeAsked(
  error: OattyError,
  { workflow, inputs }: RunStartOptions,
  oatty: Oatty,
): Promise<boolean> {
  if (error.code === 'CONFIRMATION_REQUIRED') return true;
  if (error.code !== 'WORKFLOW_INPUTS_INCOMPLETE') return false;
  const preview = await oatty.workflows.previewInputs(workflow, inputs);
  const secrets = preview.inputs.filter(({ secret }) => secret).map(({ input }) => input);
  return !secrets.some((name) => preview.required_missing.some((missing) => missing === name));
}

/** R3 */
function confirmPlan(
  plan: StepPlanDocument,
  args: StartRunArguments,
  { person }: ToolContext,
): Promise<void> {
  const steps = plan.steps.filter((step) => step.effect === 'destructive' && step.will_run !== false);
  const named = steps.map((step) => `${step.step_id} (${step.run})`).join(', ');
  const question = `Run "${plan.workflow_id}" with destructive steps: ${named}?`;
  const { workflow_id, plan_hash } = plan;
  const confirmation = {
    ...toPlanConfirmation(question, plan_hash, args),
    context: { workflow_id, plan_hash, step_ids: steps.map((step) => step.step_id) },
  };
  return requireConfirmation(confirmation, person);
}
