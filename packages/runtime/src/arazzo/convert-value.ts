/**
 * Values of an Arazzo document → values of a manifest.
 *
 *   V1. A string that is one runtime expression keeps the type of its value; `{$…}` inside a string gives text.
 *   V2. What looks like a template of ours is text to Arazzo, and stays text.
 */
import type { ExpressionScope } from './runtime-expression.ts';
import { isRuntimeExpression, translateExpression } from './runtime-expression.ts';
import { isShape } from './read-shape.ts';

/** @param onReason - hears why an expression has no counterpart; its place then keeps the text */
export function convertValue(
  value: unknown,
  scope: ExpressionScope,
  onReason: (reason: string) => void,
): unknown {
  if (typeof value === 'string') return convertText(value, scope, onReason);
  if (Array.isArray(value)) return value.map((item) => convertValue(item, scope, onReason));
  if (!isShape(value)) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, convertValue(member, scope, onReason)]);
  return Object.fromEntries(entries);
}

/** What looks like a template of ours, as the text that it is. */
export function escapeTemplates(text: string): string {
  return text.replaceAll('${{', () => '$${{');
}

// --- internal ---

function convertText(text: string, scope: ExpressionScope, onReason: (reason: string) => void): string {
  if (isRuntimeExpression(text)) return toTemplate(text, scope, onReason, (expression) => expression);
  const parts = text.split(embedded);
  if (parts.length === 1) return escapeTemplates(text);
  const isWhole = parts.every((part, index) => index % 2 === 1 || part === '') && parts.length === 3;
  return parts
    .map((part, index) => {
      if (index % 2 === 0) return escapeTemplates(part);
      return toTemplate(part, scope, onReason, (own) => (isWhole ? `to_string(${own})` : own));
    })
    .join('');
}

/** The expression is the captured part. */
const embedded = /\{(\$[A-Za-z][^{}\s]*)\}/;

function toTemplate(
  text: string,
  scope: ExpressionScope,
  onReason: (reason: string) => void,
  finish: (expression: string) => string,
): string {
  const translation = translateExpression(text, scope);
  if ('text' in translation) return '${{ ' + finish(translation.text) + ' }}';
  onReason(translation.reason);
  return text;
}
