/**
 * Whether a value satisfies what an input declares under `enum` and `validate`.
 *
 *   R1. Lengths count characters, `minimum` and `maximum` bound numbers, patterns match anywhere unless anchored.
 *   R2. A rule for texts refuses every other value, and a rule for numbers too.
 */
import type { WorkflowInput } from '@oatty/types';
import { compilePattern } from '../expression/functions/compile-pattern.ts';
import { equalsJson } from '../expression/json-values.ts';
import { countCharacters, countOf, listAlternatives } from '../schema/value-issue.ts';

export interface InputProblem {
  /** A predicate that follows the name of the input. Never holds the value. */
  readonly message: string;
  readonly expected?: unknown;
}

type Rules = NonNullable<WorkflowInput['validate']>;

export function checkInputValue(
  input: Pick<WorkflowInput, 'enum' | 'validate'>,
  value: unknown,
): readonly InputProblem[] {
  const rules = input.validate ?? {};
  return [
    ...checkAllowed(input.enum ?? [], value),
    ...checkAllowed(rules.enum ?? [], value),
    ...checkText(rules, value),
    ...checkNumber(rules, value),
    ...checkPresence(rules, value),
  ];
}

// --- internal ---

function checkAllowed(allowed: readonly unknown[], value: unknown): InputProblem[] {
  if (allowed.length === 0 || allowed.some((member) => equalsJson(member, value))) return [];
  const names = allowed.slice(0, 12).map((member) => JSON.stringify(member));
  return [{ message: `must be ${listAlternatives(names)}`, expected: allowed }];
}

function checkText({ min_length, max_length, pattern }: Rules, value: unknown): InputProblem[] {
  if (isUnset(min_length) && isUnset(max_length) && isUnset(pattern)) return [];
  if (typeof value !== 'string') return [{ message: 'must be text, because its rules are for texts' }];
  const problems: InputProblem[] = [];
  const length = countCharacters(value);
  if (!isUnset(min_length) && length < min_length) {
    problems.push({
      message: `must have at least ${countOf(min_length, 'character')}`,
      expected: min_length,
    });
  }
  if (!isUnset(max_length) && length > max_length) {
    problems.push({ message: `must have at most ${countOf(max_length, 'character')}`, expected: max_length });
  }
  const compiled = isUnset(pattern) ? undefined : compilePattern(pattern);
  if (compiled?.kind === 'valid' && !compiled.test(value)) {
    problems.push({ message: `must match the pattern ${pattern}`, expected: pattern });
  }
  return problems;
}

function checkNumber({ minimum, maximum }: Rules, value: unknown): InputProblem[] {
  if (isUnset(minimum) && isUnset(maximum)) return [];
  if (typeof value !== 'number') return [{ message: 'must be a number, because its rules are for numbers' }];
  const problems: InputProblem[] = [];
  if (!isUnset(minimum) && value < minimum)
    problems.push({ message: `must be at least ${minimum}`, expected: minimum });
  if (!isUnset(maximum) && value > maximum)
    problems.push({ message: `must be at most ${maximum}`, expected: maximum });
  return problems;
}

function checkPresence({ required }: Rules, value: unknown): InputProblem[] {
  const isEmpty = value === '' || (Array.isArray(value) && value.length === 0);
  return required === true && isEmpty ? [{ message: 'must not be empty' }] : [];
}

function isUnset(rule: unknown): rule is null | undefined {
  return rule === null || rule === undefined;
}
