/**
 * Which steps a step waits for.
 *
 *   D1. `depends_on` gates: a step that is named there must have succeeded.
 *   D2. A reference to `steps.x` or `responses.x` anywhere else in the step only orders: `x` must have ended.
 *   D3. A step's own `repeat.until` may refer to the step itself; that is no dependency.
 */
import type { Step } from '@oatty/types';
import { references } from '../expression/analyze-expression.ts';
import type { Reference } from '../expression/analyze-expression.ts';
import { parseCondition, parseTemplate, templateExpressions } from '../expression/parse-template.ts';
import { listStepTexts } from './step-texts.ts';
import type { StepText } from './step-texts.ts';

export interface StepDependencies {
  readonly gates: readonly string[];
  /** Steps that are referred to and are no gates. */
  readonly orders: readonly string[];
}

/** @throws {OattyError} `EXPRESSION_INVALID` in a step that was not validated */
export function stepDependencies(step: Step): StepDependencies {
  const gates = [...new Set(step.depends_on)];
  const referred = listStepTexts(step).flatMap((place) => listReferredSteps(place, step.id));
  return { gates, orders: [...new Set(referred)].filter((id) => !gates.includes(id)) };
}

/** Everything that a text of a step reads. @throws {OattyError} `EXPRESSION_INVALID` */
export function textReferences({
  language,
  text,
}: Pick<StepText, 'language' | 'text'>): readonly Reference[] {
  const expressions =
    language === 'template' ? templateExpressions(parseTemplate(text)) : [parseCondition(text)];
  return expressions.flatMap(references);
}

/** The id of the step that a reference reads the output or the response of. */
export function referredStep(reference: Reference): string | undefined {
  const [id] = reference.segments;
  const isOfStep = reference.root === 'steps' || reference.root === 'responses';
  return isOfStep && typeof id !== 'object' && id !== undefined ? String(id) : undefined;
}

// --- internal ---

function listReferredSteps(text: StepText, ownId: string): readonly string[] {
  return textReferences(text)
    .map(referredStep)
    .filter((id) => id !== undefined)
    .filter((id) => !(text.place === 'until' && id === ownId));
}
