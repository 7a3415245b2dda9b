/** The `type` keyword, and what to write instead. */
import { isBigInteger } from '@oatty/types';
import type { JsonSchema } from '@oatty/types';
import { listAlternatives, nameType, toJsonType } from './value-issue.ts';
import type { ValueIssue } from './value-issue.ts';

export function checkType(
  value: unknown,
  schema: JsonSchema,
  path: ValueIssue['path'],
  asText: boolean,
): ValueIssue | undefined {
  if (schema.type === undefined) return undefined;
  const expected = typeof schema.type === 'string' ? [schema.type] : schema.type;
  const actual = toJsonType(value);
  const isText = asText || isBigInteger(value);
  const fits = expected.some((type) => isOf(type, actual) || (isText && readsAs(value, type)));
  const losesDigits =
    fits && actual === 'integer' && !Number.isSafeInteger(value) && !expected.includes('number');
  if (fits && !losesDigits) return undefined;
  const problem = losesDigits ? lostDigits : explainMismatch(value, actual, expected);
  return { path, rule: 'type', ...problem, expected: schema.type, actual };
}

// --- internal ---

function isOf(type: string, actual: string): boolean {
  return type === actual || (type === 'number' && actual === 'integer');
}

/** Beyond 2^53, where only an integer is taken. */
const lostDigits = {
  message: 'is an integer that a number cannot hold: some of its digits are lost',
  suggestion: 'Write it in quotes, digit by digit.',
};

function explainMismatch(value: unknown, actual: string, expected: readonly string[]) {
  const suggestion = suggestType(value, expected);
  return {
    message: `must be ${listAlternatives(expected.map(nameType))}, but is ${nameType(actual)}`,
    ...(suggestion !== undefined && { suggestion }),
  };
}

/** Whether the text that will be sent for this value is one that a service reads as `type`. */
function readsAs(value: unknown, type: string): boolean {
  if (type === 'string') return typeof value === 'number' || typeof value === 'boolean';
  if (typeof value !== 'string') return false;
  if (isBigInteger(value)) return type === 'integer' || type === 'number';
  if (type === 'boolean') return value === 'true' || value === 'false';
  if (type === 'integer') return /^-?\d{1,20}$/.test(value);
  return type === 'number' && /^-?\d{1,20}(?:\.\d{1,20})?(?:[eE][-+]?\d{1,3})?$/.test(value);
}

/** Quotes too few or too many are the usual mistake in YAML. */
function suggestType(value: unknown, expected: readonly string[]): string | undefined {
  if (expected.includes('string') && (typeof value === 'number' || typeof value === 'boolean')) {
    return `Write it in quotes: "${value}".`;
  }
  if (typeof value === 'string' && expected.some((type) => readsAs(value, type)))
    return `Write it without quotes: ${value}.`;
  return undefined;
}
