/**
 * Starts a run that has to write its workflow first.
 *
 *   S1. Whatever can be known to be wrong is said before anything is written.
 *   S2. A manifest that is valid already is treated like one that is started: its inputs, its plan and its place among
 *       the saved workflows are checked now.
 *   S3. A confirmation holds for one plan. What a model has yet to write, nobody has agreed to.
 */
import { OattyError } from '@oatty/types';
import type { Operation, Workflow } from '@oatty/types';
import { libraryCaller } from '../caller.ts';
import type { BackgroundRuns } from '../runs/background-runs.ts';
import type { RunHandle } from '../runs/runs.ts';
import { toRunHandle } from '../runs/run-handle.ts';
import { makePlan, mustConfirm, refuseStopped } from '../runs/start-run.ts';
import { resolveValidInputs } from '../workflows/resolve-inputs.ts';
import type { World } from '../world.ts';
import { checkDraft, checkName } from './check-draft.ts';
import type { DraftWish } from './draft.ts';
import type { AuthorOptions } from './operations.ts';

export type StartOptions = Pick<
  AuthorOptions,
  'inputs' | 'caller' | 'maxEffect' | 'isLimited' | 'confirmedPlan' | 'ask' | 'ttlMs'
>;

export async function startOperation(
  world: World,
  background: BackgroundRuns,
  name: Operation['name'],
  wish: DraftWish,
  options: StartOptions,
): Promise<RunHandle> {
  const { inputs = {}, caller = libraryCaller, maxEffect, isLimited, ask, ttlMs } = options;
  const given = await checkGiven(world, wish, options);
  const workflow = given?.workflow ?? { workflow: wish.workflow_id ?? placeholderId, steps: [] };
  const runner = await world.runner();
  refuseStopped(world, undefined);
  const runId = await runner.start({
    workflow,
    inputs,
    caller,
    incomplete: true,
    operation: {
      name,
      draft: { ...wish },
      ...(ask !== true && { unattended: true }),
      ...(isLimited === true && { limited: true }),
    },
    ...(maxEffect !== undefined && { maxEffect }),
    ...(given?.confirmedPlan !== undefined && { confirmedPlan: given.confirmedPlan }),
    ...(ttlMs !== undefined && { ttlMs }),
  });
  const rest = background.begin(runner, runId);
  return toRunHandle(world, background, runner, { runId, workflowId: workflow.workflow, rest });
}

// --- internal ---

/** What a run is called in lists until its workflow has a name. */
const placeholderId = 'draft';

interface GivenWorkflow {
  readonly workflow: Workflow;
  readonly confirmedPlan?: string;
}

/** @returns `undefined` when a model has to write first */
async function checkGiven(
  world: World,
  wish: DraftWish,
  options: StartOptions,
): Promise<GivenWorkflow | undefined> {
  if (wish.manifest === undefined || wish.rewrite === true) return undefined;
  const { workflow, violations } = await checkDraft(world, wish.manifest);
  if (workflow === undefined || violations.length > 0) {
    if (wish.has_model) return undefined;
    const count = violations.length === 1 ? 'one violation' : `${violations.length} violations`;
    const message = `The manifest has ${count}, and the client offers no model that could correct it.`;
    throw new OattyError('WORKFLOW_VALIDATION_FAILED', message, { violations });
  }
  await refuseName(world, wish, workflow);
  const { inputs = {}, caller = libraryCaller, confirmedPlan } = options;
  const resolution = await resolveValidInputs(world, workflow, inputs, { caller });
  const plan = await makePlan(world, workflow, resolution, options);
  const isConfirmed = plan !== undefined && plan.plan_hash === confirmedPlan;
  if (plan !== undefined) mustConfirm(plan, options);
  return { workflow, ...(isConfirmed && { confirmedPlan }) };
}

/** @throws {OattyError} `WORKFLOW_IDENTIFIER_MISMATCH` or `WORKFLOW_ALREADY_EXISTS` */
async function refuseName(world: World, wish: DraftWish, workflow: Workflow): Promise<void> {
  const violation = await checkName(world, wish, wish.manifest ?? '', workflow);
  if (violation === undefined) return;
  const isMismatch = violation.rule === 'identifier_mismatch';
  throw new OattyError(
    isMismatch ? 'WORKFLOW_IDENTIFIER_MISMATCH' : 'WORKFLOW_ALREADY_EXISTS',
    violation.message,
    { context: { workflow_id: workflow.workflow } },
  );
}
