/**
 * A workflow as it would run, without running it.
 *
 * Only a resolution of inputs calls something: the providers of what is missing, for the choices.
 */
import type { RequestPreview } from '@oatty/api';
import type { PlannedStep, RenderedPlan, RenderedStep } from '@oatty/engine';
import { boundViolations, OattyError } from '@oatty/types';
import { previewHttpCommand } from '../commands/http-executor.ts';
import { createEnvironmentSource } from '../secrets/secret-source.ts';
import type { World } from '../world.ts';
import { requireValidWorkflow } from './check-workflow.ts';
import { resolveFor, resolveValidInputs } from './resolve-inputs.ts';
import type { ResolvingCaller } from './resolve-inputs.ts';
import type {
  InputsPreviewDocument,
  InputsResolutionDocument,
  InputValues,
  RenderedPreviewDocument,
  StepPlanDocument,
  WorkflowSelector,
} from './workflows.ts';

/** What of a workflow is looked at, with which values, for whom. */
export interface Preview {
  readonly selector: WorkflowSelector;
  readonly given: InputValues;
  readonly by: ResolvingCaller;
}

export async function previewInputs(
  world: World,
  { selector, given }: Pick<Preview, 'selector' | 'given'>,
): Promise<InputsPreviewDocument> {
  const { workflow } = await requireValidWorkflow(world, selector);
  return (await import('@oatty/engine')).previewInputs(workflow, given);
}

export async function previewResolution(
  world: World,
  { selector, given, by }: Preview,
): Promise<InputsResolutionDocument> {
  const { workflow } = await requireValidWorkflow(world, selector);
  const { maskSecretInputs } = await import('@oatty/engine');
  const resolution = await resolveFor(world, workflow, given, by);
  return {
    workflow_id: workflow.workflow,
    ready: resolution.ready,
    required_missing: resolution.missing.map(({ input }) => input),
    resolved_inputs: maskSecretInputs(workflow, resolution.resolved),
    violations: boundViolations(resolution.violations),
    provider_resolutions: resolution.provider_resolutions,
    choices: resolution.choices,
  };
}

export async function previewPlan(world: World, { selector, given, by }: Preview): Promise<StepPlanDocument> {
  const { workflow } = await requireValidWorkflow(world, selector);
  const { buildPlan } = await import('@oatty/engine');
  const { resolved } = await resolveValidInputs(world, workflow, given, { ...by, withoutProviders: true });
  const plan = await buildPlan(workflow, resolved, world.commandSource);
  return { ...plan, steps: plan.steps.map(toStepDocument) };
}

export async function previewRendered(
  world: World,
  { selector, given, by }: Preview,
): Promise<RenderedPreviewDocument> {
  const { workflow } = await requireValidWorkflow(world, selector);
  const { readEnvironment, renderPlan } = await import('@oatty/engine');
  const { resolved } = await resolveValidInputs(world, workflow, given, { ...by, withoutProviders: true });
  const env = readEnvironment(workflow, createEnvironmentSource(world));
  const plan = renderPlan(workflow, { inputs: resolved, env });
  const steps = plan.rendered_steps.map(async (step, index) => {
    const request = isRendered(plan, index) ? await requestOf(world, step) : undefined;
    return { ...step, ...(request !== undefined && { request }) };
  });
  return { ...plan, rendered_steps: await Promise.all(steps) };
}

// --- internal ---

function toStepDocument(step: PlannedStep): StepPlanDocument['steps'][number] {
  const { after, ...document } = step;
  return document;
}

/** Nothing in the step waits for the run to tell. */
function isRendered({ unresolved }: RenderedPlan, index: number): boolean {
  const place = `$.steps[${index}]`;
  return !unresolved.some(({ path }) => path.startsWith(`${place}.`) || path.startsWith(`${place}[`));
}

/** Only of HTTP commands. One that cannot be built says why when it is run. */
async function requestOf(world: World, step: RenderedStep): Promise<RequestPreview | undefined> {
  if (world.commandSource.find(step.run)?.command.execution.kind !== 'http') return undefined;
  const given = { with: step.with, ...(step.body !== null && { body: step.body }) };
  try {
    return await previewHttpCommand(world, step.run, given);
  } catch (thrown) {
    if (OattyError.from(thrown).code === 'ARGUMENT_INVALID') return undefined;
    throw thrown;
  }
}
