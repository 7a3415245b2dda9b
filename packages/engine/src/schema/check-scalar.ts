/** The keywords of numbers and texts. */
import type { JsonSchema } from '@oatty/types';
import { compilePattern } from './linear-pattern.ts';
import { countOf, shorten } from './value-issue.ts';
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
    const compiled = compilePattern(pattern);
    if (compiled.ok && !compiled.test(value)) {
      const message = `must match the pattern ${pattern}`;
      issues.push({ path, rule: 'pattern', message, expected: pattern, actual });
    }
  }
  return issues;
}

// --- internal ---

/** `0.3` is a multiple of `0.1`, whatever binary fractions say. */
function isMultiple(value: number, step: number): boolean {
  const quotient = value / step;
  return Math.abs(quotient - Math.round(quotient)) <= Math.abs(quotient) * 1e-12;
}

/** Unicode code points, as JSON Schema counts. */
function countCharacters(text: string): number {
  let characters = 0;
  for (const _ of text) characters += 1;
  return characters;
}
