/**
 * What the language means by the type, the truth and the equality of a JSON value.
 *
 *   J1. False: `null`, `false`, `0`, `""`, `[]`, `{}`. All else is true.
 *   J2. Equality compares JSON values: numbers by value, objects whatever the order of their keys, never across types.
 */
import { isRecord } from '@oatty/types';

export type JsonType = 'null' | 'boolean' | 'number' | 'string' | 'list' | 'object';

export function typeOf(value: unknown): JsonType {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'object';
}

const typeWords: Readonly<Record<JsonType, string>> = {
  null: 'null',
  boolean: 'a boolean',
  number: 'a number',
  string: 'a string',
  list: 'a list',
  object: 'an object',
};

/** The type for messages: `a number`. */
export function describeType(value: unknown): string {
  return typeWords[typeOf(value)];
}

export function isTruthy(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isRecord(value)) return Object.keys(value).length > 0;
  return value !== null && value !== undefined && value !== false && value !== 0 && value !== '';
}

/** Two values of the same type that are equal. Called with values whose depth is bounded. */
export function equalsJson(first: unknown, second: unknown): boolean {
  if (first === second) return true;
  if (Array.isArray(first)) {
    if (!Array.isArray(second) || first.length !== second.length) return false;
    return first.every((element, index) => equalsJson(element, second[index]));
  }
  if (!isRecord(first) || !isRecord(second)) return false;
  const keys = Object.keys(first);
  if (keys.length !== Object.keys(second).length) return false;
  return keys.every((key) => Object.hasOwn(second, key) && equalsJson(first[key], second[key]));
}
