/**
 * A workflow as it would run, without running it.
 *
 * Only a resolution of inputs calls something: the providers of what is missing, for the choices.
 */
import type { RequestPreview } from '@oatty/api';
import type { PlannedStep, RenderedItem, RenderedPlan } from '@oatty/engine';
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
    const { run, items } = step;
    if (!isRendered(plan, index)) return step;
    if (items === undefined) return { ...step, ...(await requestOf(world, run, step)) };
    const sent = items.map(async (item) => ({ ...item, ...(await requestOf(world, run, item)) }));
    return { ...step, items: await Promise.all(sent) };
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
async function requestOf(
  world: World,
  commandId: string,
  { with: values, body }: RenderedItem,
): Promise<{ readonly request?: RequestPreview }> {
  if (world.commandSource.find(commandId)?.command.execution.kind !== 'http') return {};
  const given = { with: values, ...(body !== null && { body }) };
  try {
    return { request: await previewHttpCommand(world, commandId, given) };
  } catch (thrown) {
    if (OattyError.from(thrown).code === 'ARGUMENT_INVALID') return {};
    throw thrown;
  }
}
