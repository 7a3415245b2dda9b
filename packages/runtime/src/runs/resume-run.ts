/**
 * Carries a run on in a new one: first what that would do, then the doing.
 *
 *   R1. A run that goes on is not resumed. One that waits is canceled first.
 *   R2. A confirmation holds for one plan: run, manifest, inputs, and what runs again.
 *   R3. Inputs stay as they were. Those that an edited manifest adds get their defaults.
 *   R4. Who resumes a run agrees to the sub-workflows as they are then, as who starts one.
 */
import type { ResumePlan, ResumeSource } from '@oatty/engine';
import { isTerminal, maxEffect as greaterEffect, OattyError } from '@oatty/types';
import type { Effect, Workflow } from '@oatty/types';
import { libraryCaller } from '../caller.ts';
import { agreeTo } from '../workflows/agreed-workflows.ts';
import { requireValidWorkflow } from '../workflows/check-workflow.ts';
import { resolveValidInputs } from '../workflows/resolve-inputs.ts';
import type { World } from '../world.ts';
import type { BackgroundRuns } from './background-runs.ts';
import { loadRunCommands } from './load-run-commands.ts';
import { waitForRun } from './wait-for-run.ts';
import type { ResumeOptions, ResumePlanDocument, RunHandle } from './runs.ts';
import { toRunHandle } from './run-handle.ts';

/** @throws {OattyError} `RUN_NOT_FOUND`; `RUN_STATE_CONFLICT` for a run that goes on; what is wrong with the manifest */
export async function planResumption(
  world: World,
  runId: string,
  options: ResumeOptions = {},
): Promise<ResumePlanDocument> {
  return (await prepare(world, runId, options)).document;
}

/** @throws {OattyError} as `planResumption`; `RUN_STATE_CONFLICT` when it cannot be resumed, `CONFIRMATION_REQUIRED` */
export async function resumeRun(
  world: World,
  background: BackgroundRuns,
  runId: string,
  options: ResumeOptions = {},
): Promise<RunHandle> {
  const { caller = libraryCaller, maxEffect, confirmedPlan, ttlMs, signal, from } = options;
  const prepared = await prepare(world, runId, options);
  const { document, workflow, inputs } = prepared;
  refuseProblems(document);
  refuseUnconfirmed(document, maxEffect, confirmedPlan);
  const runner = await world.runner();
  if (!isTerminal(prepared.source.record.status)) {
    await background.cancel(runner, runId); // R1
    await waitForRun(world, runId, signal);
  }
  const { keptCommits } = await import('@oatty/engine');
  const source = await readSource(world, runId, options.principal);
  const agreed = await agreeTo(world, caller, workflow); // R4
  const newId = await runner.resume({
    record: source.record,
    workflow,
    inputs,
    commits: keptCommits(source, workflow, prepared.plan, from),
    caller,
    ...(maxEffect !== undefined && { maxEffect }),
    ...(agreed && { agreed }),
    ...(confirmedPlan !== undefined && { confirmedPlan }),
    ...(ttlMs !== undefined && { ttlMs }),
  });
  const isInLine = source.record.queue !== undefined;
  if (isInLine) background.queued.expect(newId);
  const rest = isInLine ? undefined : background.begin(runner, newId);
  if (signal !== undefined) background.follow(runner, newId, signal);
  return toRunHandle(world, background, runner, {
    runId: newId,
    workflowId: workflow.workflow,
    ...(rest && { rest }),
  });
}

// --- internal ---

interface PreparedResumption {
  readonly source: ResumeSource;
  readonly workflow: Workflow;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly plan: ResumePlan;
  readonly document: ResumePlanDocument;
}

async function prepare(world: World, runId: string, options: ResumeOptions): Promise<PreparedResumption> {
  const { workflow: selector, from, principal } = options;
  const source = await readSource(world, runId, principal);
  refuseUnresumable(source, options);
  const edited = selector === undefined ? undefined : (await requireValidWorkflow(world, selector)).workflow;
  if (edited !== undefined) refuseOtherWorkflow(source, edited);
  const workflow = edited ?? source.record.workflow;
  await loadRunCommands(world, workflow);
  const { changedCommands, doubtfulSteps, planResume, toPlanHash } = await import('@oatty/engine');
  const { inputs, missing } = await toInputs(world, source, edited, options);
  const commands = world.commandSource;
  const plan = planResume(source, { workflow, ...(from !== undefined && { from }) }, commands);
  const runs = new Map(workflow.steps.map((step) => [step.id, step.run]));
  const steps = plan.steps.map(({ step_id, action, reason }) => {
    const run = runs.get(step_id) ?? source.record.workflow.steps.find(({ id }) => id === step_id)?.run ?? '';
    return { step_id, run, action, reason, effect: commands.find(run)?.command.effect ?? 'safe' };
  });
  const problems = [...plan.problems, ...missing.map((name) => `the input "${name}" has no value`)];
  const hashed = steps.map((step) => ({ ...step, run: `${runId} ${step.action} ${step.run}` }));
  return {
    source,
    workflow,
    inputs,
    plan,
    document: {
      run_id: runId,
      workflow_id: workflow.workflow,
      can_resume: problems.length === 0,
      problems,
      steps,
      effect: steps
        .filter(isRun)
        .map(({ effect }) => effect)
        .reduce(greaterEffect, 'safe'),
      changed_commands: changedCommands(source, plan, workflow, commands),
      doubtful_steps: doubtfulSteps(source, plan, workflow, commands),
      plan_hash: await toPlanHash({ workflow, inputs, steps: hashed }),
    },
  };
}

async function readSource(world: World, runId: string, principal: string | undefined): Promise<ResumeSource> {
  const store = await world.store();
  const record = await store.getRun(runId);
  if (record === undefined || (principal !== undefined && record.caller.principal !== principal)) {
    throw new OattyError('RUN_NOT_FOUND', `There is no run "${runId}".`, { context: { run_id: runId } });
  }
  return { record, commits: await store.readCommits(runId), marks: await store.readMarks(runId) };
}

function refuseUnresumable({ record }: ResumeSource, { from, workflow }: ResumeOptions): void {
  const { run_id, status, parent } = record;
  const context = { run_id, status };
  if (parent !== undefined) {
    throw new OattyError(
      'RUN_STATE_CONFLICT',
      `Run "${run_id}" is a sub-workflow of run "${parent.runId}".`,
      {
        suggestedAction: 'Resume the run that it is a part of.',
        context: { ...context, parent_run_id: parent.runId },
      },
    );
  }
  if (status === 'pending' || status === 'running') {
    throw new OattyError('RUN_STATE_CONFLICT', `Run "${run_id}" is ${status}; it goes on by itself.`, {
      suggestedAction: 'Watch it, or cancel it first.',
      context,
    });
  }
  if (record.incomplete === true) {
    throw new OattyError('RUN_STATE_CONFLICT', `Run "${run_id}" never got all its inputs.`, {
      suggestedAction: 'Start a new run with all inputs.',
      context,
    });
  }
  if (status === 'succeeded' && from === undefined && workflow === undefined) {
    throw new OattyError('RUN_STATE_CONFLICT', `Run "${run_id}" has succeeded; nothing is left of it.`, {
      suggestedAction: 'Name the step from which it is to run again, or start a new run.',
      context,
    });
  }
}

function refuseOtherWorkflow({ record }: ResumeSource, { workflow }: Workflow): void {
  if (workflow === record.workflow_id) return;
  throw new OattyError(
    'WORKFLOW_IDENTIFIER_MISMATCH',
    `Run "${record.run_id}" is one of "${record.workflow_id}", and the manifest is "${workflow}".`,
    { context: { run_id: record.run_id, workflow_id: record.workflow_id } },
  );
}

/** R3. Secret ones stay `[secret]`: the run asks for them. */
async function toInputs(
  world: World,
  { record }: ResumeSource,
  edited: Workflow | undefined,
  { caller = libraryCaller, signal }: ResumeOptions,
) {
  if (edited === undefined) return { inputs: record.inputs, missing: [] };
  const isSecret = (name: string): boolean => edited.inputs?.[name]?.secret === true;
  const given = Object.entries(record.inputs).filter(([name]) => Object.hasOwn(edited.inputs ?? {}, name));
  const shown = Object.fromEntries(given.filter(([name]) => !isSecret(name)));
  const secret = Object.fromEntries(given.filter(([name]) => isSecret(name)));
  const resolution = await resolveValidInputs(world, edited, shown, { caller, signal });
  return {
    inputs: { ...resolution.resolved, ...secret },
    missing: resolution.missing.map(({ input }) => input).filter((name) => !Object.hasOwn(secret, name)),
  };
}

function isRun({ action }: ResumePlanDocument['steps'][number]): boolean {
  return action === 'run_again' || action === 'new';
}

function refuseProblems({ run_id, problems }: ResumePlanDocument): void {
  if (problems.length === 0) return;
  throw new OattyError('RUN_STATE_CONFLICT', `Run "${run_id}" cannot be resumed: ${problems.join('; ')}.`, {
    suggestedAction: 'Resume from an earlier step, correct the manifest, or start a new run.',
    context: { run_id, problems },
  });
}

/** R2. */
function refuseUnconfirmed(
  { run_id, steps, plan_hash, effect }: ResumePlanDocument,
  limit: Effect | undefined,
  confirmed: string | undefined,
): void {
  if (limit === undefined || confirmed === plan_hash) return;
  const greater = steps.filter((step) => isRun(step) && greaterEffect(step.effect, limit) !== limit);
  if (greater.length === 0) return;
  const names = greater.map(({ step_id, run }) => `${step_id} (${run})`).join(', ');
  const isOld = confirmed !== undefined ? ' What was confirmed is another plan.' : '';
  throw new OattyError('CONFIRMATION_REQUIRED', `Run "${run_id}" would be ${effect} in ${names}.${isOld}`, {
    context: { run_id, plan_hash, effect, steps: greater.map(({ step_id }) => step_id) },
  });
}
