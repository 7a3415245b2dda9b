/** A value as text, as templates, `join` and `to_string` put it: `null` is empty, lists and objects are JSON. */
import type { Evaluation } from './evaluation.ts';

export function toText(value: unknown, evaluation: Evaluation): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return toJsonText(value, evaluation);
}

/** Compact JSON in the order of the keys. */
export function toJsonText(value: unknown, evaluation: Evaluation): string {
  evaluation.spendOnValue(value);
  const text = JSON.stringify(value) ?? 'null';
  evaluation.spendOnText(text.length);
  return text;
}
