/** Runs: started, followed, asked, answered, canceled. */
import { effects, isTerminal, OattyError } from '@oatty/types';
import type { Caller, Effect, RunDocument, Workflow } from '@oatty/types';
import type { InputResolution, Plan, Runner } from '@oatty/engine';
import type { RunHandle, RunInspection, RunListQuery, Runs, RunStartOptions } from './runs.ts';
import { requireValidWorkflow } from '../workflows/check-workflow.ts';
import { refuseInvalidInputs } from '../workflows/create-workflows.ts';
import { createInputWorld } from '../workflows/input-world.ts';
import type { World } from '../world.ts';
import { inspectRun } from './inspect-run.ts';
import { toMissingError } from './missing-inputs.ts';

export function createRuns(world: World): Runs {
  return {
    start: (options) => start(world, options),
    get: async (runId) => (await world.runner()).read(runId),
    list: (query = {}) => list(world, query),
    async *events(runId, afterSeq, signal) {
      const runner = await world.runner();
      yield* runner.watch(runId, {
        signal: untilLeft(world, signal),
        ...(afterSeq !== undefined && { afterSeq }),
      });
    },
    async cancel(runId) {
      const runner = await world.runner();
      await runner.cancel(runId);
      const { status } = await runner.read(runId);
      return { run_id: runId, status };
    },
    respond: (runId, answer, questionId) => respond(world, runId, answer, questionId),
    inspect: (runId, principal): Promise<RunInspection> => inspectRun(world, runId, principal),
    wait: async (runId, signal) => waitFor(await world.runner(), world, runId, signal),
  };
}

// --- internal ---

const library: Caller = { principal: 'local', via: 'library' };
const defaultPageSize = 50;

async function start(world: World, options: RunStartOptions): Promise<RunHandle> {
  const { workflow } = await requireValidWorkflow(world, options.workflow);
  const caller = options.caller ?? library;
  const resolution = await resolve(world, workflow, options, caller);
  const isMissing = resolution.missing.length > 0;
  if (isMissing && options.ask !== true) throw toMissingError(workflow.workflow, resolution);
  const plan = isMissing ? undefined : await makePlan(world, workflow, resolution);
  const asks = isMissing || (plan !== undefined && mustAsk(workflow, plan, options));
  const runner = await world.runner();
  const runId = await runner.start({
    workflow,
    // What is asked for later is resolved again together with the answers.
    inputs: asks ? (options.inputs ?? {}) : resolution.resolved,
    caller,
    ...(asks && { incomplete: true }),
    ...(options.confirmedPlan !== undefined && { confirmedPlan: options.confirmedPlan }),
    ...(options.ttlMs !== undefined && { ttlMs: options.ttlMs }),
    ...(options.runId !== undefined && { runId: options.runId }),
  });
  const rest = executeInBackground(world, runner, runId, options.signal);
  return toHandle(world, runner, { runId, workflowId: workflow.workflow, rest });
}

async function resolve(
  world: World,
  workflow: Workflow,
  options: RunStartOptions,
  caller: Caller,
): Promise<InputResolution> {
  const { resolveInputs } = await import('@oatty/engine');
  const inputWorld = await createInputWorld(world, caller);
  const resolution = await resolveInputs(workflow, options.inputs ?? {}, inputWorld);
  refuseInvalidInputs(workflow.workflow, resolution.violations);
  return resolution;
}

async function makePlan(world: World, workflow: Workflow, { resolved }: InputResolution): Promise<Plan> {
  const { buildPlan } = await import('@oatty/engine');
  return buildPlan(workflow, resolved, world.commandSource);
}

/** Whether a person has to agree first. @throws {OattyError} `CONFIRMATION_REQUIRED` when nobody may be asked */
function mustAsk(
  workflow: Workflow,
  plan: Plan,
  { maxEffect, confirmedPlan, ask }: RunStartOptions,
): boolean {
  if (!exceeds(plan.effect, maxEffect) || confirmedPlan === plan.plan_hash) return false;
  if (ask === true) return true;
  const steps = plan.steps.filter(({ effect, will_run }) => exceeds(effect, maxEffect) && will_run !== false);
  const names = steps.map(({ step_id, run }) => `${step_id} (${run})`).join(', ');
  const isOld = confirmedPlan !== undefined ? ' What was confirmed is another plan.' : '';
  throw new OattyError(
    'CONFIRMATION_REQUIRED',
    `Workflow "${workflow.workflow}" is ${plan.effect} in ${names}.${isOld}`,
    {
      context: {
        workflow_id: workflow.workflow,
        plan_hash: plan.plan_hash,
        effect: plan.effect,
        steps: steps.map(({ step_id }) => step_id),
      },
    },
  );
}

function exceeds(effect: Effect, limit: Effect | undefined): boolean {
  return limit !== undefined && effects.indexOf(effect) > effects.indexOf(limit);
}

/**
 * A run fails without an exception; what is caught here is a journal that cannot be written, or another owner.
 *
 * @returns the run when it rests: it has ended, waits for an answer, or cannot be carried on here (`undefined`)
 */
async function executeInBackground(
  world: World,
  runner: Runner,
  runId: string,
  signal?: AbortSignal,
): Promise<RunDocument | undefined> {
  try {
    return await runner.execute(runId, { signal });
  } catch (thrown) {
    world.options.onBackgroundError?.(OattyError.from(thrown));
    return undefined;
  }
}

interface StartedRun {
  readonly runId: string;
  readonly workflowId: string;
  readonly rest: Promise<RunDocument | undefined>;
}

function toHandle(world: World, runner: Runner, { runId, workflowId, rest }: StartedRun): RunHandle {
  return {
    run_id: runId,
    workflow_id: workflowId,
    status: 'pending',
    events: () => runner.watch(runId, { signal: world.closing.signal }),
    async wait() {
      const run = await rest;
      return run !== undefined && isTerminal(run.status) ? run : waitFor(runner, world, runId);
    },
    cancel: async () => runner.cancel(runId),
  };
}

async function waitFor(
  runner: Runner,
  world: World,
  runId: string,
  signal?: AbortSignal,
): Promise<RunDocument> {
  const events = runner.watch(runId, { signal: untilLeft(world, signal) });
  for await (const event of events) if (event.type === 'run_finished') break;
  if (signal?.aborted) throw new OattyError('CANCELED', `Nobody waits for run "${runId}" any more.`);
  return runner.read(runId);
}

/** Who watches leaves by itself, or when oatty is closed. */
function untilLeft({ closing }: World, signal?: AbortSignal): AbortSignal {
  return signal ? AbortSignal.any([closing.signal, signal]) : closing.signal;
}

async function list(world: World, { status, workflowId, principal, withTtl, cursor, limit }: RunListQuery) {
  const store = await world.store();
  return store.listRuns({
    limit: limit ?? defaultPageSize,
    ...(status !== undefined && { status }),
    ...(workflowId !== undefined && { workflow_id: workflowId }),
    ...(principal !== undefined && { principal }),
    ...(withTtl !== undefined && { with_ttl: withTtl }),
    ...(cursor !== undefined && { cursor }),
  });
}

async function respond(world: World, runId: string, answer: unknown, questionId?: string): Promise<void> {
  const { run, open_questions } = await inspectRun(world, runId);
  const question = questionId ?? open_questions[0]?.question_id;
  if (isTerminal(run.status) || question === undefined) {
    throw new OattyError('RUN_STATE_CONFLICT', `Run "${runId}" asks nothing: it is ${run.status}.`, {
      context: { run_id: runId, status: run.status },
    });
  }
  const runner = await world.runner();
  await runner.answer(runId, question, answer);
  void executeInBackground(world, runner, runId);
}
