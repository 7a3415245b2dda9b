/**
 * Where a step holds expressions: the one list that ordering, validation and previews read.
 *
 *   T1. Values of `with`, `body` and of a literal `for_each` are templates; keys never are.
 *   T2. `if`, `when`, `repeat.until` and a textual `for_each` are one expression, with or without the wrapper.
 */
import type { Step } from '@oatty/types';

export type StepPlace = 'with' | 'body' | 'if' | 'for_each' | 'until';

export interface StepText {
  readonly place: StepPlace;
  /** From the step: `['with', 'lines', 0, 'id']`. */
  readonly path: readonly (string | number)[];
  readonly language: 'template' | 'expression';
  readonly text: string;
}

/** What of a step can hold expressions; drafts that do not parse as a whole have less. */
export type StepWithTexts = Partial<Pick<Step, 'with' | 'body' | 'if' | 'when' | 'for_each'>> & {
  readonly repeat?: Partial<NonNullable<Step['repeat']>> | null | undefined;
};

/** Gathered once for each step: validation, the plan and the run all ask for them. */
export function listStepTexts(step: StepWithTexts): readonly StepText[] {
  const texts = known.get(step) ?? gatherTexts(step);
  known.set(step, texts);
  return texts;
}

/** Every string inside a value, with its path. */
export function listStrings(
  value: unknown,
  path: readonly (string | number)[] = [],
): readonly { readonly path: readonly (string | number)[]; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (value === null || typeof value !== 'object') return [];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item] as const)
    : Object.entries(value);
  return entries.flatMap(([key, item]) => listStrings(item, [...path, key]));
}

// --- internal ---

const known = new WeakMap<StepWithTexts, readonly StepText[]>();

function gatherTexts(step: StepWithTexts): readonly StepText[] {
  return [
    ...listTemplates('with', ['with'], step.with),
    ...listTemplates('body', ['body'], step.body),
    ...listExpression('if', ['if'], step.if),
    ...listExpression('if', ['when'], step.when),
    ...(Array.isArray(step.for_each)
      ? listTemplates('for_each', ['for_each'], step.for_each)
      : listExpression('for_each', ['for_each'], step.for_each)),
    ...listExpression('until', ['repeat', 'until'], step.repeat?.until),
  ];
}

function listTemplates(place: StepPlace, path: readonly string[], value: unknown): readonly StepText[] {
  return listStrings(value, path)
    .filter(({ text }) => text.includes('${{'))
    .map((found) => ({ ...found, place, language: 'template' }));
}

function listExpression(place: StepPlace, path: readonly string[], value: unknown): readonly StepText[] {
  return typeof value === 'string' ? [{ place, path, language: 'expression', text: value }] : [];
}
