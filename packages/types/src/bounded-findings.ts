/**
 * How much of what is wrong or doubtful an answer tells. The one place where such lists and their texts are bounded.
 *
 *   B1. An answer tells the first 100 findings, then one more that says how many are left.
 *   B2. A finding names what was sent and is never as large: its texts and lists are cut.
 */
import type { Violation } from './error.ts';

export const maxFindings = 100;

export function boundViolations(violations: readonly Violation[]): readonly Violation[] {
  if (violations[maxFindings]?.rule === moreRule) return violations;
  const told = violations.slice(0, maxFindings).map(boundViolation);
  const left = violations.length - told.length;
  return left === 0 ? told : [...told, { path: '$', rule: moreRule, message: toMore(left) }];
}

/** The same for warnings that are texts. */
export function boundWarnings(warnings: readonly string[]): readonly string[] {
  const told = warnings.slice(0, maxFindings).map(cutText);
  const left = warnings.length - told.length;
  return left === 0 ? told : [...told, toMore(left)];
}

export function cutText(text: string): string {
  return text.length > maxTextLength ? `${text.slice(0, maxTextLength)}…` : text;
}

// --- internal ---

function toMore(left: number): string {
  return left === 1 ? 'There is 1 more.' : `There are ${left} more.`;
}

/** Of the finding that counts those that are not told. */
const moreRule = 'more_findings';

const maxTextLength = 2_000;
const maxListLength = 100;

function boundViolation(violation: Violation): Violation {
  const { path, message, expected, actual, suggestion } = violation;
  return {
    ...violation,
    path: cutText(path),
    message: cutText(message),
    ...(expected !== undefined && { expected: cutValue(expected) }),
    ...(actual !== undefined && { actual: cutValue(actual) }),
    ...(suggestion !== undefined && { suggestion: cutText(suggestion) }),
  };
}

function cutValue(value: unknown): unknown {
  if (typeof value === 'string') return cutText(value);
  return Array.isArray(value) ? value.slice(0, maxListLength).map(cutValue) : value;
}
