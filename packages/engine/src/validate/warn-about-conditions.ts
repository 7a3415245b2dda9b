/** Steps that may be skipped, and what that does to the steps that need them. */
import { referredStep } from '../plan/step-dependencies.ts';
import type { Scene, StepScene } from './scene.ts';

export function warnAboutConditions(scene: Scene): void {
  for (const step of scene.steps) {
    warnAboutDependencies(scene, step);
    warnAboutReferences(scene, step);
  }
}

// --- internal ---

function warnAboutDependencies({ stepsById, report }: Scene, { step, path, label }: StepScene): void {
  for (const [index, id] of (step.depends_on ?? []).entries()) {
    const target = stepsById.get(id);
    if (target === undefined || !isConditional(target)) continue;
    report.warning({
      path: [...path, 'depends_on', index],
      rule: 'depends_on_conditional_step',
      message: `Step "${label}" is skipped whenever step "${id}" is skipped by its condition.`,
      suggestion: 'If it should run all the same, remove the dependency; a reference alone only orders.',
    });
  }
}

/** A skipped step has no output, and reading none is an error. */
function warnAboutReferences({ stepsById, report }: Scene, { step, texts, label }: StepScene): void {
  for (const { path, references, place } of texts) {
    for (const reference of references) {
      const id = referredStep(reference);
      const target = id === undefined ? undefined : stepsById.get(id);
      if (id === undefined || target === undefined || target.step === step || reference.guarded) continue;
      if (!isConditional(target) || (step.depends_on ?? []).includes(id)) continue;
      if (place !== 'if' && hasSameCondition(step, target.step)) continue;
      report.warning({
        path,
        rule: 'step_template_conditional_step',
        message: `"${reference.text}" is an error whenever step "${id}" is skipped by its condition.`,
        suggestion: `Allow that with "??", or let step "${label}" depend on "${id}".`,
        offset: reference.start,
      });
    }
  }
}

function isConditional({ step }: StepScene): boolean {
  const condition = conditionOf(step);
  return condition !== undefined && condition !== null && condition !== true;
}

function hasSameCondition(first: StepScene['step'], second: StepScene['step']): boolean {
  return conditionOf(first) === conditionOf(second);
}

function conditionOf({ if: condition, when }: StepScene['step']): string | boolean | null | undefined {
  return condition ?? when;
}
