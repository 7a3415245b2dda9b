/** The keywords of numbers and texts. */
import type { JsonSchema } from '@oatty/types';
import { compilePattern } from '../expression/functions/compile-pattern.ts';
import { countCharacters, countOf, listAlternatives, shorten } from './value-issue.ts';
import type { ValueIssue } from './value-issue.ts';

export function checkNumber(value: unknown, schema: JsonSchema, path: ValueIssue['path']): ValueIssue[] {
  if (typeof value !== 'number') return [];
  const issues: ValueIssue[] = [];
  const actual = value;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (minimum !== undefined && value < minimum)
    issues.push({ path, rule: 'minimum', message: `must be at least ${minimum}`, expected: minimum, actual });
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) {
    const message = `must be greater than ${exclusiveMinimum}`;
    issues.push({ path, rule: 'minimum', message, expected: exclusiveMinimum, actual });
  }
  if (maximum !== undefined && value > maximum)
    issues.push({ path, rule: 'maximum', message: `must be at most ${maximum}`, expected: maximum, actual });
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) {
    const message = `must be less than ${exclusiveMaximum}`;
    issues.push({ path, rule: 'maximum', message, expected: exclusiveMaximum, actual });
  }
  if (multipleOf !== undefined && multipleOf > 0 && !isMultiple(value, multipleOf)) {
    const message = `must be a multiple of ${multipleOf}`;
    issues.push({ path, rule: 'multiple_of', message, expected: multipleOf, actual });
  }
  return issues;
}

export function checkText(value: unknown, schema: JsonSchema, path: ValueIssue['path']): ValueIssue[] {
  if (typeof value !== 'string') return [];
  const issues: ValueIssue[] = [];
  const { minLength, maxLength, pattern } = schema;
  const length = minLength === undefined && maxLength === undefined ? 0 : countCharacters(value);
  const actual = shorten(value);
  if (minLength !== undefined && length < minLength) {
    const message = `must have at least ${countOf(minLength, 'character')}`;
    issues.push({ path, rule: 'min_length', message, expected: minLength, actual });
  }
  if (maxLength !== undefined && length > maxLength) {
    const message = `must have at most ${countOf(maxLength, 'character')}`;
    issues.push({ path, rule: 'max_length', message, expected: maxLength, actual });
  }
  if (pattern !== undefined) {
    const problem = checkPattern(value, pattern, schema['examples']);
    if (problem !== undefined) issues.push({ path, ...problem, expected: pattern, actual });
  }
  return issues;
}

// --- internal ---

/** Steps that one pattern may cost on one text. */
const maxPatternWork = 20_000_000;

function checkPattern(
  text: string,
  pattern: string,
  examples: unknown,
): Pick<ValueIssue, 'rule' | 'message'> | undefined {
  const compiled = compilePattern(pattern);
  if (compiled.kind === 'invalid') return undefined;
  if (text.length * compiled.size > maxPatternWork) {
    return { rule: 'too_large', message: 'is too long for its pattern to be checked' };
  }
  if (compiled.test(text)) return undefined;
  const shown = listTexts(examples).filter((example) => compiled.test(example));
  const likeThese = `must be written like ${listAlternatives(shown.slice(0, 3))}`;
  return { rule: 'pattern', message: shown.length > 0 ? likeThese : `must match the pattern ${pattern}` };
}

const maxExampleLength = 80;

/** Examples are easier to follow than a pattern. */
function listTexts(examples: unknown): readonly string[] {
  const texts: readonly unknown[] = Array.isArray(examples) ? examples : [];
  return texts.filter((text) => typeof text === 'string').filter(({ length }) => length <= maxExampleLength);
}

/** `0.3` is a multiple of `0.1`, whatever binary fractions say. */
function isMultiple(value: number, step: number): boolean {
  const quotient = value / step;
  return Math.abs(quotient - Math.round(quotient)) <= Math.abs(quotient) * 1e-12;
}
