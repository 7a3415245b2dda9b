/** Saved workflows: listed, read, validated, saved, and shown as they would run. */
import { OattyError } from '@oatty/types';
import type { Workflow } from '@oatty/types';
import type { CommandSource, InputResolution } from '@oatty/engine';
import type {
  InputValues,
  InputsResolutionDocument,
  RenderedPreviewDocument,
  StepPlanDocument,
  WorkflowImportDocument,
  WorkflowImportOptions,
  Workflows,
  WorkflowSaveDocument,
  WorkflowSaveOptions,
  WorkflowSelector,
  WorkflowValidationDocument,
} from './workflows.ts';
import { previewHttpCommand } from '../commands/http-executor.ts';
import { createEnvironmentSource } from '../secrets/secret-source.ts';
import type { World } from '../world.ts';
import { checkDocument, requireValidWorkflow, workflowIdOf } from './check-workflow.ts';
import { createInputWorld } from './input-world.ts';
import { selectWorkflow } from './select-workflow.ts';

export function createWorkflows(world: World): Workflows {
  const { workflowStore: store } = world;
  return {
    list: () => store.list(),
    async get(workflowId) {
      const { workflow_id, path, format, content, parsed, version } = await store.get(workflowId);
      return { workflow_id, path, format, content, parsed: parsed ?? null, version };
    },
    validate: (selector) => validate(world, selector),
    save: (options) => save(world, options),
    import: (options) => importWorkflow(world, options),
    rename: async (workflowId, newId, { overwrite = false } = {}) => ({
      ...toSaved(await store.rename(workflowId, newId, { overwrite }), []),
      renamed_from: workflowId,
    }),
    async delete(workflowId) {
      const { path } = await store.delete(workflowId);
      return { deleted: true, workflow_id: workflowId, path };
    },
    async previewInputs(selector, partialInputs = {}) {
      const { previewInputs } = await import('@oatty/engine');
      const { workflow } = await requireValidWorkflow(world, selector);
      const { workflow_id, inputs, required_missing } = previewInputs(workflow, partialInputs);
      return { workflow_id, required_missing, inputs: inputs.map((input) => ({ ...input })) };
    },
    resolveInputs: (selector, partialInputs = {}) => resolve(world, selector, partialInputs),
    stepPlan: (selector, inputs = {}) => stepPlan(world, selector, inputs),
    previewRendered: (selector, inputs = {}) => previewRendered(world, selector, inputs),
  };
}

// --- internal ---

const local = { principal: 'local', via: 'library' } as const;

async function validate(world: World, selector: WorkflowSelector): Promise<WorkflowValidationDocument> {
  const { document } = await selectOrExplain(world, selector);
  if ('violation' in document) {
    return { valid: false, workflow_id: null, violations: [document.violation], warnings: [] };
  }
  const { violations, warnings } = await checkDocument(world, document);
  return {
    valid: violations.length === 0,
    workflow_id: workflowIdOf(document.value) ?? null,
    violations,
    warnings,
  };
}

/** What does not parse is one violation among others here, and an error everywhere else. */
async function selectOrExplain(world: World, selector: WorkflowSelector) {
  try {
    return await selectWorkflow(world, selector);
  } catch (thrown) {
    const error = OattyError.from(thrown);
    if (error.code !== 'WORKFLOW_PARSE_FAILED') throw thrown;
    const { line, column } = error.options.context ?? {};
    const place = typeof line === 'number' && typeof column === 'number' ? { line, column } : {};
    return { document: { violation: { path: '$', rule: 'parse', message: error.message, ...place } } };
  }
}

async function save(world: World, options: WorkflowSaveOptions): Promise<WorkflowSaveDocument> {
  const { content, format, workflowId, overwrite, expectedVersion } = options;
  const selector = { manifest: content, ...(format !== undefined && { format }) };
  const { selected, warnings } = await requireValidWorkflow(world, selector);
  const text = selected.content ?? `${JSON.stringify(content, null, 2)}\n`;
  const saved = await world.workflowStore.save({
    content: text,
    format: selected.format ?? format ?? 'json',
    overwrite: overwrite === true,
    ...(workflowId !== undefined && { workflowId }),
    ...(expectedVersion !== undefined && { expectedVersion }),
  });
  return toSaved(saved, warnings);
}

async function importWorkflow(world: World, options: WorkflowImportOptions): Promise<WorkflowImportDocument> {
  const { readSource } = await import('@oatty/registry-gen');
  const { source, sourceType, allowPrivate, signal, overwrite } = options;
  const read = await readSource({
    source,
    cwd: world.cwd,
    ...(sourceType !== undefined && { sourceType }),
    ...(allowPrivate !== undefined && { allowPrivate }),
    ...(signal !== undefined && { signal }),
  });
  const saved = await save(world, { content: read.text, ...(overwrite !== undefined && { overwrite }) });
  return {
    kind: 'workflow',
    source: read.source,
    source_type: read.sourceType,
    workflow_id: saved.workflow_id,
    path: saved.path,
    version: saved.version,
    overwritten: saved.overwritten,
    warnings: saved.warnings,
  };
}

function toSaved(
  saved: Omit<WorkflowSaveDocument, 'warnings'>,
  warnings: WorkflowSaveDocument['warnings'],
): WorkflowSaveDocument {
  const { workflow_id, path, format, version, overwritten } = saved;
  return { workflow_id, path, format, version, overwritten, warnings };
}

async function resolve(
  world: World,
  selector: WorkflowSelector,
  partialInputs: InputValues,
): Promise<InputsResolutionDocument> {
  const { workflow } = await requireValidWorkflow(world, selector);
  const { maskSecretInputs } = await import('@oatty/engine');
  const resolution = await resolveFor(world, workflow, partialInputs);
  return {
    workflow_id: workflow.workflow,
    ready: resolution.ready,
    required_missing: resolution.missing.map(({ input }) => input),
    resolved_inputs: maskSecretInputs(workflow, resolution.resolved),
    violations: resolution.violations,
    provider_resolutions: resolution.provider_resolutions.map((item) => ({ ...item })),
    choices: resolution.choices,
  };
}

async function resolveFor(world: World, workflow: Workflow, given: InputValues): Promise<InputResolution> {
  const { resolveInputs } = await import('@oatty/engine');
  return resolveInputs(workflow, given, await createInputWorld(world, local));
}

async function stepPlan(
  world: World,
  selector: WorkflowSelector,
  given: InputValues,
): Promise<StepPlanDocument> {
  const { workflow } = await requireValidWorkflow(world, selector);
  const { buildPlan } = await import('@oatty/engine');
  const { resolved, violations } = await resolveFor(world, workflow, given);
  refuseInvalidInputs(workflow.workflow, violations);
  const plan = await buildPlan(workflow, resolved, world.commandSource);
  return {
    workflow_id: plan.workflow_id,
    effect: plan.effect,
    plan_hash: plan.plan_hash,
    steps: plan.steps.map(({ index, step_id, run, effect, depends_on, condition, will_run }) => ({
      index,
      step_id,
      run,
      effect,
      depends_on,
      condition,
      will_run,
    })),
  };
}

async function previewRendered(
  world: World,
  selector: WorkflowSelector,
  given: InputValues,
): Promise<RenderedPreviewDocument> {
  const { workflow } = await requireValidWorkflow(world, selector);
  const { readEnvironment, renderPlan } = await import('@oatty/engine');
  const { resolved, violations } = await resolveFor(world, workflow, given);
  refuseInvalidInputs(workflow.workflow, violations);
  const env = readEnvironment(workflow, createEnvironmentSource(world));
  const rendered = renderPlan(workflow, { inputs: resolved, env });
  const steps = rendered.rendered_steps.map(async (step, index) => {
    const isLoop = (workflow.steps[index]?.for_each ?? undefined) !== undefined;
    const request = isLoop ? undefined : await requestOf(world, world.commandSource, step);
    return { ...step, ...(request !== undefined && { request }) };
  });
  return { ...rendered, rendered_steps: await Promise.all(steps) };
}

/** Only of HTTP commands; a request that cannot be built yet is left out, and `unresolved` says what is missing. */
async function requestOf(
  world: World,
  commands: CommandSource,
  step: { readonly run: string; readonly with: unknown; readonly body: unknown },
) {
  if (commands.find(step.run)?.command.execution.kind !== 'http') return undefined;
  const given = { with: step.with as InputValues, ...(step.body !== null && { body: step.body }) }; // rendered from a map
  try {
    return await previewHttpCommand(world, step.run, given);
  } catch (thrown) {
    if (OattyError.from(thrown).code === 'ARGUMENT_INVALID') return undefined;
    throw thrown;
  }
}

export function refuseInvalidInputs(workflowId: string, violations: InputResolution['violations']): void {
  if (violations.length === 0) return;
  const [first] = violations;
  throw new OattyError(
    'WORKFLOW_INPUT_VALIDATION_FAILED',
    `Inputs of workflow "${workflowId}" are not valid: ${first?.message ?? ''}`,
    {
      context: { workflow_id: workflowId },
      violations,
    },
  );
}
