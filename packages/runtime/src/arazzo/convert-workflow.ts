/**
 * One Arazzo workflow → one manifest.
 *
 *   W1. Each step becomes one step, in the same order; `max_parallel` is not set, so one runs at a time.
 *   W2. What could make a run do something else to data is a refusal (`Findings`), and there is no manifest.
 */
import { maxEffect } from '@oatty/types';
import type { Effect, Step, Workflow } from '@oatty/types';
import {
  convertBody,
  convertParameters,
  convertWorkflowParameters,
  gatherParameters,
} from './convert-call.ts';
import { convertSuccessCriteria } from './convert-criteria.ts';
import type { FlowStep } from './convert-flow.ts';
import { convertFlow } from './convert-flow.ts';
import type { ConvertedInputs } from './convert-inputs.ts';
import { convertFailureActions } from './convert-retry.ts';
import type { ConvertedRetry } from './convert-retry.ts';
import { convertValue } from './convert-value.ts';
import type { Findings } from './findings.ts';
import { warnAboutKeys } from './known-keys.ts';
import type { Operation, Operations } from './operations.ts';
import { findComponent, isShape, listOf, shapeOf, textOf } from './read-shape.ts';
import type { Shape } from './read-shape.ts';
import type { ConvertedStep, ExpressionScope, Translation } from './runtime-expression.ts';
import { translateExpression } from './runtime-expression.ts';
import { toIds } from './to-ids.ts';

export interface WorkflowPlace {
  readonly document: Shape;
  /** `$.workflows[0]` */
  readonly path: string;
  /** Its id in the manifest. */
  readonly id: string;
  readonly inputs: ConvertedInputs;
  readonly operations: Operations;
  readonly findings: Findings;
  /** A workflow of the same document that is converted already. */
  readonly findWorkflow: (workflowId: string) => RunnableWorkflow | { readonly reason: string };
}

/** What a step needs to know of a workflow that it runs. */
export interface RunnableWorkflow {
  readonly id: string;
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlySet<string>;
  readonly effect: Effect;
}

export interface ConvertedManifest {
  readonly workflow: Workflow;
  /** The greatest of its steps. */
  readonly effect: Effect;
}

/** Meaningless where there are refusals. */
export function convertWorkflow(written: Shape, place: WorkflowPlace): ConvertedManifest {
  const { id, inputs, findings, path } = place;
  warnAboutKeys(written, 'workflow', path, findings);
  if (listOf(written['dependsOn']).length > 0) {
    const message = 'Another workflow would have to run before; run it as a step.';
    findings.refuse(`${path}.dependsOn`, 'arazzo_depends_on', message);
  }
  const targets = listOf(written['steps']).map((step) => findTarget(shapeOf(step), place));
  const { steps, scope, hasConditions } = convertSteps(written, targets, place);
  if (steps.length === 0) findings.refuse(`${path}.steps`, 'arazzo_steps', 'The workflow has no steps.');
  const { summary, description } = written;
  const output = convertOutputs(written['outputs'], scope, hasConditions, place);
  const workflow: Workflow = {
    workflow: id,
    ...(typeof summary === 'string' && { title: summary }),
    ...(typeof description === 'string' && { description: description.trim() }),
    ...requirementsOf(targets),
    ...(Object.keys(inputs.inputs).length > 0 && { inputs: inputs.inputs as Workflow['inputs'] }), // checked when it is saved
    steps,
    ...(Object.keys(output).length > 0 && { final_output: output as Workflow['final_output'] }), // made of JSON
  };
  return { workflow, effect: targets.map(effectOf).reduce(maxEffect, 'safe') };
}

// --- internal ---

type Target = Operation | RunnableWorkflow | { readonly reason: string };

function findTarget(step: Shape, { operations, findWorkflow }: WorkflowPlace): Target {
  if (step['channelPath'] !== undefined) return { reason: 'Steps over channels have no counterpart' };
  const workflowId = textOf(step['workflowId']);
  if (workflowId === undefined) return operations.find(step);
  if (workflowId.startsWith('$')) return { reason: `"${workflowId}" is a workflow of another document` };
  return findWorkflow(workflowId);
}

function requirementsOf(targets: readonly Target[]): Pick<Workflow, 'requires'> {
  const catalogs = new Map(
    targets.flatMap((target) =>
      'command' in target ? [[target.catalog.entry.id, target.catalog.entry] as const] : [],
    ),
  );
  if (catalogs.size === 0) return {};
  return { requires: { catalogs: [...catalogs.values()].map(({ vendor, title }) => ({ vendor, title })) } };
}

interface ConvertedSteps {
  readonly steps: Step[];
  /** After the last step. */
  readonly scope: ExpressionScope;
  readonly hasConditions: boolean;
}

function convertSteps(written: Shape, targets: readonly Target[], place: WorkflowPlace): ConvertedSteps {
  const { findings, inputs, path } = place;
  const list = listOf(written['steps']).map(shapeOf);
  const names = list.map((step, index) => textOf(step['stepId']) ?? `step-${index + 1}`);
  const ids = toIds(names, `${path}.steps`, findings);
  refuseDuplicates(names, path, findings);
  const known = new Map<string, ConvertedStep>();
  const flow: FlowStep[] = [];
  const steps = list.map((step, index): Step => {
    const stepPath = `${path}.steps[${index}]`;
    const stepId = names[index] ?? '';
    const id = ids.get(stepId) ?? stepId;
    const target = targets[index] ?? { reason: 'The step names no operation' };
    const before: ExpressionScope = { inputs: inputs.names, steps: new Map(known) };
    const after: ExpressionScope = {
      ...before,
      response: id,
      ...('outputs' in target && { outputs: target.outputs }),
    };
    const parts = { step, stepPath, written, target, before, after, place };
    const call = convertTarget(parts);
    const criteria = convertSuccessCriteria(step['successCriteria'], {
      path: `${stepPath}.successCriteria`,
      scope: after,
      findings,
      matters: targets.slice(index + 1).some((later) => effectOf(later) !== 'safe'),
      hasFailureActions: actionsOf(parts, 'onFailure', 'failureActions').length > 0,
    });
    const actions = actionsOf(parts, 'onSuccess', 'successActions');
    flow.push({
      id,
      stepId,
      path: stepPath,
      successActions: actions,
      scope: after,
      statuses: criteria.statuses,
    });
    const outputs = Object.entries(shapeOf(step['outputs'])).map(([name, value]): [string, Translation] => [
      name,
      toOutput(value, after),
    ]);
    known.set(stepId, { id, outputs: new Map(outputs) });
    return {
      id,
      ...call,
      ...dependenciesOf(parts, ids),
      ...timeoutOf(parts),
      ...retryOf(parts, criteria.until),
    };
  });
  const conditions = convertFlow(flow, findings);
  return {
    steps: steps.map((step, index) => withCondition(step, conditions[index])),
    scope: { inputs: inputs.names, steps: known },
    hasConditions: conditions.some((condition) => condition !== undefined),
  };
}

function refuseDuplicates(names: readonly string[], path: string, findings: Findings): void {
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) === index) continue;
    findings.refuse(`${path}.steps[${index}].stepId`, 'arazzo_duplicate', `There are two steps "${name}".`);
  }
}

interface StepParts {
  readonly step: Shape;
  readonly stepPath: string;
  /** The workflow. */
  readonly written: Shape;
  readonly target: Target;
  readonly before: ExpressionScope;
  readonly after: ExpressionScope;
  readonly place: WorkflowPlace;
}

function convertTarget({ step, stepPath, written, target, before, place }: StepParts): Omit<Step, 'id'> {
  const { document, findings, path } = place;
  warnAboutKeys(step, 'step', stepPath, findings);
  const description = textOf(step['description'])?.trim();
  const told = description === undefined ? {} : { description };
  if ('reason' in target) {
    findings.refuse(stepPath, 'arazzo_operation', `${target.reason}.`);
    return { run: 'unknown', ...told };
  }
  const call = { path: stepPath, scope: before, findings };
  const lists = [
    { path: `${path}.parameters`, parameters: written['parameters'] },
    { path: `${stepPath}.parameters`, parameters: step['parameters'] },
  ];
  const parameters = gatherParameters(document, lists, findings);
  if (!('command' in target)) {
    const own = convertWorkflowParameters(parameters, target.inputs, call);
    return { ...told, run: `workflow ${target.id}`, ...withOf(own) };
  }
  const bodyPlace = { ...call, path: `${stepPath}.requestBody` };
  return {
    ...told,
    run: target.command.id,
    ...withOf(convertParameters(parameters, target, call)),
    ...(convertBody(step['requestBody'], target, bodyPlace) as Pick<Step, 'body'>), // made of JSON
  };
}

function withOf(values: Shape): Pick<Step, 'with'> {
  return Object.keys(values).length === 0 ? {} : { with: values as Step['with'] }; // made of JSON
}

function effectOf(target: Target): Effect {
  if ('reason' in target) return 'safe';
  return 'command' in target ? target.command.effect : target.effect;
}

/** The actions of the step, then those of the workflow with other names. */
function actionsOf(
  { step, stepPath, written, place }: StepParts,
  own: 'onSuccess' | 'onFailure',
  shared: 'successActions' | 'failureActions',
): readonly Shape[] {
  const follow = (entry: unknown): Shape => {
    const reference = textOf(shapeOf(entry)['reference']);
    const action = reference === undefined ? entry : findComponent(place.document, reference);
    if (isShape(action)) return action;
    place.findings.refuse(
      `${stepPath}.${own}`,
      'arazzo_reference',
      `${reference ?? 'The action'} does not exist.`,
    );
    return { type: 'end' };
  };
  const actions = listOf(step[own]).map(follow);
  const names = new Set(actions.map(({ name }) => name));
  return [
    ...actions,
    ...listOf(written[shared])
      .map(follow)
      .filter(({ name }) => !names.has(name)),
  ];
}

function toOutput(value: unknown, scope: ExpressionScope): Translation {
  const text = textOf(value);
  return text?.startsWith('$') === true
    ? translateExpression(text, scope)
    : { reason: 'An output must be a runtime expression' };
}

function dependenciesOf(
  { step, stepPath, before, place }: StepParts,
  ids: ReadonlyMap<string, string>,
): Pick<Step, 'depends_on'> {
  const names = listOf(step['dependsOn']).flatMap((entry) => textOf(entry) ?? []);
  const own = names.map((name) => name.replace(/^\$steps\./, ''));
  for (const name of own) {
    if (before.steps.has(name)) continue;
    const message = `"${name}" is no step before this one.`;
    place.findings.refuse(`${stepPath}.dependsOn`, 'arazzo_depends_on', message);
  }
  return own.length === 0 ? {} : { depends_on: own.map((name) => ids.get(name) ?? name) };
}

/** Milliseconds, of Arazzo 1.1. */
function timeoutOf({ step, stepPath, place }: StepParts): Pick<Step, 'timeout'> {
  const timeout = step['timeout'];
  if (timeout === undefined) return {};
  if (typeof timeout === 'number' && Number.isSafeInteger(timeout) && timeout > 0) {
    return { timeout: `${timeout}ms` };
  }
  place.findings.refuse(`${stepPath}.timeout`, 'arazzo_timeout', 'A timeout is a number of milliseconds.');
  return {};
}

function retryOf(parts: StepParts, until: string | undefined): ConvertedRetry {
  const { target, stepPath, place } = parts;
  return convertFailureActions(actionsOf(parts, 'onFailure', 'failureActions'), {
    path: stepPath,
    effect: effectOf(target),
    until,
    findings: place.findings,
  });
}

function withCondition({ id, run, ...rest }: Step, condition: string | undefined): Step {
  return condition === undefined ? { id, run, ...rest } : { id, run, if: condition, ...rest };
}

/** What a skipped step would have given is `null`; what no manifest can read is left out with a warning. */
function convertOutputs(
  outputs: unknown,
  scope: ExpressionScope,
  hasConditions: boolean,
  { path, findings }: WorkflowPlace,
): Shape {
  const entries = Object.entries(shapeOf(outputs)).flatMap(([name, value]): [string, unknown][] => {
    const reasons: string[] = [];
    const converted = convertValue(value, scope, (reason) => reasons.push(reason));
    const [reason] = reasons;
    if (reason !== undefined) {
      findings.warn(`${path}.outputs.${name}`, 'arazzo_output', `${reason}; the output is left out.`);
      return [];
    }
    if (!hasConditions || typeof converted !== 'string') return [[name, converted]];
    return [[name, converted.replace(/^\$\{\{ (.*) \}\}$/s, '${{ $1 ?? null }}')]];
  });
  return Object.fromEntries(entries);
}
