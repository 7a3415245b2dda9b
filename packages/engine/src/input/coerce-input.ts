/**
 * Given values → values of the declared type.
 *
 *   C1. Text is converted to the type; that is how a command line and environment variables give values.
 *   C2. Nothing is rounded, cut or guessed: what is not of the type, and no text of it, is a problem.
 *   C3. Without a `type` a value stays as it is.
 */
import { isRecord } from '@oatty/types';
import type { WorkflowInput } from '@oatty/types';
import { nameType, toJsonType } from '../schema/value-issue.ts';

export type InputType = NonNullable<WorkflowInput['type']>;

export type Coerced =
  | { readonly ok: true; readonly value: unknown }
  /** A predicate: `must be an integer, but is a text`. */
  | { readonly ok: false; readonly problem: string };

export function coerceInput(type: InputType | null | undefined, value: unknown): Coerced {
  if (type === null || type === undefined) return { ok: true, value };
  const converted = converters[type](value);
  if (converted !== undefined) return { ok: true, value: converted };
  const reason = typeof value === 'string' ? 'the text is none' : `is ${nameType(toJsonType(value))}`;
  return { ok: false, problem: `must be ${typeNames[type]}, but ${reason}` };
}

// --- internal ---

const typeNames: Readonly<Record<InputType, string>> = {
  string: 'a text',
  integer: 'an integer',
  number: 'a number',
  float: 'a number',
  double: 'a number',
  boolean: 'true or false',
  array: 'a list (or the JSON text of one)',
  object: 'an object (or the JSON text of one)',
  date: 'a date like 2026-01-31',
  datetime: 'a date and time like 2026-01-31T12:30:00Z',
};

/** Each gives `undefined` for what is not of its type. */
const converters: Readonly<Record<InputType, (value: unknown) => unknown>> = {
  string: toText,
  integer: (value) => (Number.isSafeInteger(toNumber(value)) ? toNumber(value) : undefined),
  number: toNumber,
  float: toNumber,
  double: toNumber,
  boolean: toBoolean,
  array: (value) => [value, parseJson(value)].find((candidate) => Array.isArray(candidate)),
  object: (value) => [value, parseJson(value)].find(isRecord),
  date: (value) => (typeof value === 'string' && isDate(value.trim()) ? value.trim() : undefined),
  datetime: (value) => (typeof value === 'string' && isDatetime(value.trim()) ? value.trim() : undefined),
};

function toText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value : undefined;
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.length > 400) return undefined;
  const text = value.trim();
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.trim().toLowerCase();
  if (text === 'true') return true;
  return text === 'false' ? false : undefined;
}

function parseJson(value: unknown): unknown {
  if (typeof value !== 'string') return undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined; // text that is no JSON is simply not of the type
  }
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text);
}

function isDatetime(text: string): boolean {
  const shape =
    /^\d{4}-\d{2}-\d{2}[Tt ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:[Zz]|[-+]\d{2}:?\d{2})?$/;
  return shape.test(text) && isDay(text.slice(0, 10));
}

/** Whether the calendar has that day: 30 February does not come back as it went in. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
}
