/** Steps that change something before anything was looked at, or without any condition. */
import { isRecord } from '@oatty/types';
import { orderSteps } from '../plan/order-steps.ts';
import { listDependencies } from './check-order.ts';
import type { Scene, StepScene } from './scene.ts';

export function warnAboutChanges(scene: Scene): void {
  const order = orderSteps(
    scene.steps.map((step) => ({ id: step.label, after: listDependencies(step), step })),
  ).map(({ step }) => step);
  const readVendors = new Set<string | undefined>();
  for (const step of order) {
    if (isChange(step)) warnAboutChange(scene, step, readVendors);
    if (step.found?.command.effect === 'safe') readVendors.add(vendorOf(step));
    warnAboutContext(scene, step);
  }
}

// --- internal ---

function isChange({ found }: StepScene): boolean {
  return found !== undefined && found.command.effect !== 'safe';
}

/** @param readVendors - of the steps before it that only read */
function warnAboutChange(
  { report }: Scene,
  step: StepScene,
  readVendors: ReadonlySet<string | undefined>,
): void {
  const { path, label, found } = step;
  if (readVendors.size === 0) {
    report.warning({
      path,
      rule: 'workflow_mutation_before_preflight',
      message: `Step "${label}" changes something before any step has read anything.`,
      suggestion: 'Let a step that reads (list, info) run first, so that a wrong input fails early.',
    });
  }
  if (!isGuarded(step)) {
    report.warning({
      path,
      rule: 'mutating_step_missing_guard',
      message: `Step "${label}" changes something, whatever the other steps found.`,
      suggestion: 'Give it an "if", or let it depend on a step that checks.',
    });
  }
  const isCreation = found?.command.id.endsWith(':create') === true;
  if (isCreation && !readVendors.has(vendorOf(step))) {
    report.warning({
      path,
      rule: 'provision_step_without_existence_check',
      message: `Step "${label}" creates something without looking first whether it exists.`,
      suggestion: 'Let a step of the same vendor list or read it first, and create only if it is missing.',
    });
  }
}

/** A condition, a dependency, or the need for another step's output. */
function isGuarded(scene: StepScene): boolean {
  const { if: condition, when } = scene.step;
  return (condition ?? when ?? undefined) !== undefined || listDependencies(scene).length > 0;
}

function vendorOf({ step }: StepScene): string | undefined {
  return step.run?.split(' ')[0];
}

const contextWords = [
  'project',
  'workspace',
  'team',
  'org',
  'owner',
  'account',
  'tenant',
  'subscription',
  'repo',
  'environment',
];

/** An id alone is often not enough where the API is divided into projects, teams and the like. */
function warnAboutContext({ report, inputs }: Scene, { step, path, label, texts }: StepScene): void {
  const parameters = isRecord(step.with) ? Object.keys(step.with) : [];
  if (!/:(?:info|get)$/.test(step.run ?? '') || !parameters.some((name) => /id$/i.test(name))) return;
  const contexts = inputs.filter(({ name }) => isContext(name));
  const read = texts.flatMap(({ references }) =>
    references.flatMap(({ root, segments: [name] }) =>
      root === 'inputs' && typeof name === 'string' ? [name] : [],
    ),
  );
  if (contexts.length === 0 || [...parameters, ...read].some(isContext)) return;
  report.warning({
    path,
    rule: 'endpoint_context_mismatch',
    message: `Step "${label}" reads one thing by its id alone, although the workflow has ${contexts.map(({ name }) => `"${name}"`).join(', ')}.`,
    suggestion: 'Check whether the command, or a variant of it, takes these inputs too.',
  });
}

function isContext(name: string): boolean {
  return contextWords.some((word) => name.toLowerCase().includes(word));
}
