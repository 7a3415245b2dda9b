/** Can every step come after what it waits for? */
import { suggestName } from '@oatty/types';
import { findCycles } from '../plan/order-steps.ts';
import { referredStep } from '../plan/step-dependencies.ts';
import type { Scene, StepScene } from './scene.ts';

export function checkOrder(scene: Scene): void {
  checkIds(scene);
  for (const step of scene.steps) checkDependsOn(scene, step);
  for (const step of scene.steps) checkOwnReferences(scene, step);
  checkCycles(scene);
}

/** Ids of the steps that must have ended before this one. */
export function listDependencies({ step, texts }: StepScene): readonly string[] {
  const referred = texts.flatMap(({ references }) =>
    references.flatMap((found) => referredStep(found) ?? []),
  );
  return [...new Set([...(step.depends_on ?? []), ...referred])].filter((id) => id !== step.id);
}

// --- internal ---

const forbiddenIds = new Set(['__proto__', 'constructor', 'prototype']);

function checkIds({ steps, stepsById, report }: Scene): void {
  for (const scene of steps) {
    const { id } = scene.step;
    if (id === undefined) continue;
    const path = [...scene.path, 'id'];
    if (forbiddenIds.has(id)) {
      report.violation({ path, rule: 'name_not_allowed', message: `"${id}" cannot be the id of a step.` });
    }
    const first = stepsById.get(id);
    if (first === undefined || first === scene) continue;
    report.violation({
      path,
      rule: 'duplicate_step_id',
      message: `Steps ${String(first.path[1])} and ${String(scene.path[1])} (counted from 0) both have the id "${id}".`,
      actual: id,
      suggestion: 'Give each step its own id.',
    });
  }
}

function checkDependsOn({ stepsById, report }: Scene, { step, path, label }: StepScene): void {
  for (const [index, id] of (step.depends_on ?? []).entries()) {
    const at = { path: [...path, 'depends_on', index], actual: id };
    if (id === step.id) {
      report.violation({ ...at, rule: 'step_cycle', message: `Step "${label}" depends on itself.` });
    } else if (!stepsById.has(id)) {
      const others = [...stepsById.keys()].filter((other) => other !== step.id);
      report.violation({
        ...at,
        rule: 'unknown_dependency',
        message: `Step "${label}" depends on "${id}", which does not exist.`,
        expected: others,
        suggestion: others.length === 0 ? 'Remove it: there is no other step.' : suggestName(id, others),
      });
    }
  }
}

/** Only `repeat.until` may read the step that it belongs to. */
function checkOwnReferences({ report }: Scene, { step, texts, label }: StepScene): void {
  for (const { place, path, references } of texts) {
    if (place === 'until') continue;
    for (const reference of references.filter((found) => referredStep(found) === step.id)) {
      if (step.id === undefined) continue;
      report.violation({
        path,
        rule: 'step_cycle',
        message: `Step "${label}" reads its own output ("${reference.text}"), which is there only in its "repeat.until".`,
        offset: reference.start,
      });
    }
  }
}

function checkCycles({ stepsById, report }: Scene): void {
  const items = [...stepsById].map(([id, step]) => ({ id, after: listDependencies(step), step }));
  for (const cycle of findCycles(items.toSorted((first, second) => indexOf(first) - indexOf(second)))) {
    const [first = ''] = cycle;
    const step = stepsById.get(first);
    const inCycle = (id: string) => cycle.includes(id);
    const isGate = (step?.step.depends_on ?? []).some(inCycle);
    report.violation({
      path: [...(step?.path ?? []), ...(isGate ? ['depends_on'] : [])],
      rule: 'step_cycle',
      message: `Steps ${cycle.join(', ')} wait for each other.`,
      actual: cycle,
      suggestion: 'Remove one of their depends_on entries or references.',
    });
  }
}

function indexOf({ step }: { readonly step: StepScene }): number {
  return Number(step.path[1]);
}
