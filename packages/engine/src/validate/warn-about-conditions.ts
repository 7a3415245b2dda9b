/** Steps that may have no output, and what that does to whatever needs them. */
import { referredStep } from '../plan/step-dependencies.ts';
import type { ParsedText, Scene, StepScene } from './scene.ts';
import { isEach } from './step-output.ts';

export function warnAboutConditions(scene: Scene): void {
  const doubtful = findDoubtfulSteps(scene);
  for (const step of scene.steps) {
    warnAboutDependencies(scene, step);
    const asked = step.texts.filter(({ place }) => place === 'if').flatMap(listAskedSteps);
    warnAboutReferences(scene, step.texts, (target, { place }) => {
      if (!doubtful.has(target) || target === step || asked.includes(target.label)) return true;
      const isSkippedToo = place !== 'if' && hasCondition(step) && hasSameCondition(step, target);
      return isSkippedToo || listGates(scene, step).has(target);
    });
  }
  warnAboutReferences(scene, scene.finalOutput, (target) => !doubtful.has(target));
}

// --- internal ---

function warnAboutDependencies({ stepsById, report }: Scene, { step, path, label }: StepScene): void {
  for (const [index, id] of (step.depends_on ?? []).entries()) {
    const target = stepsById.get(id);
    if (target === undefined || !hasCondition(target)) continue;
    report.warning({
      path: [...path, 'depends_on', index],
      rule: 'depends_on_conditional_step',
      message: `Step "${label}" is skipped whenever step "${id}" is skipped by its condition.`,
      suggestion: 'If it should run all the same, remove the dependency; a reference alone only orders.',
    });
  }
}

/** Reading a step without an output is an error. */
function warnAboutReferences(
  { stepsById, report }: Scene,
  texts: readonly ParsedText[],
  isSafe: (target: StepScene, text: ParsedText) => boolean,
): void {
  for (const text of texts) {
    const asked = listAskedSteps(text);
    for (const reference of text.references) {
      const id = referredStep(reference);
      const target = id === undefined || asked.includes(id) ? undefined : stepsById.get(id);
      if (target === undefined || isSafe(target, text)) continue;
      report.warning({
        path: text.path,
        rule: 'step_template_conditional_step',
        message: `"${reference.text}" is an error whenever step "${target.label}" ${reference.root === 'steps' ? 'has no output' : 'got no answer'}: it may be skipped or may fail.`,
        suggestion: 'Allow that with "??", default() or has(), or depend on that step.',
        offset: reference.start,
      });
    }
  }
}

/** Steps whose output a text takes for possibly missing: `has(steps.a) && steps.a.ok`. */
function listAskedSteps({ references }: ParsedText): readonly string[] {
  return references.filter(({ guarded }) => guarded).flatMap((reference) => referredStep(reference) ?? []);
}

/** Steps that a succeeding run may leave without an output: they, or steps that they depend on, may not succeed. */
function findDoubtfulSteps(scene: Scene): ReadonlySet<StepScene> {
  const doubtful = new Set(scene.steps.filter(mayNotSucceed));
  const dependants = Map.groupBy(
    scene.steps.flatMap((step) => (step.step.depends_on ?? []).map((id) => ({ id, step }))),
    ({ id }) => id,
  );
  for (const step of doubtful) {
    for (const dependant of dependants.get(step.label) ?? []) doubtful.add(dependant.step);
  }
  return doubtful;
}

function mayNotSucceed(scene: StepScene): boolean {
  return hasCondition(scene) || (scene.step.on_failure === 'continue' && !isEach(scene));
}

/** The steps that must have succeeded before this one runs, those that they need included. */
function listGates({ stepsById }: Scene, step: StepScene): ReadonlySet<StepScene> {
  const gates = new Set<StepScene>();
  addGates(stepsById, step.step.depends_on ?? [], gates);
  // A set that grows while it is read is read to its end.
  for (const gate of gates) addGates(stepsById, gate.step.depends_on ?? [], gates);
  return gates;
}

function addGates(steps: Scene['stepsById'], ids: readonly string[], gates: Set<StepScene>): void {
  for (const id of ids) {
    const gate = steps.get(id);
    if (gate !== undefined) gates.add(gate);
  }
}

function hasCondition(scene: StepScene): boolean {
  const condition = conditionOf(scene);
  return condition !== undefined && condition !== null && condition !== true;
}

function hasSameCondition(first: StepScene, second: StepScene): boolean {
  return conditionOf(first) === conditionOf(second);
}

function conditionOf({ step }: StepScene): string | boolean | null | undefined {
  return step.if ?? step.when;
}
