/**
 * Strings with `${{ expression }}` in them.
 *
 *   T1. `$${{` is the text `${{`; everything else outside the wrappers is text as it stands.
 *   T2. The parser decides where an expression ends, so `}}` in a text or after an object is no end.
 *   T3. Offsets are those of the whole string.
 */
import type { ExpressionLimits } from './expression-limits.ts';
import { defaultExpressionLimits } from './expression-limits.ts';
import { invalidExpression } from './expression-error.ts';
import type { Expression, Span } from './expression.ts';
import { parseExpression, parseWrapped } from './parse-expression.ts';

export type Template =
  | { readonly kind: 'literal'; readonly text: string }
  /** The string is exactly one wrapper: the value keeps its type. */
  | { readonly kind: 'whole'; readonly expression: Expression }
  | { readonly kind: 'mixed'; readonly parts: readonly TemplatePart[] };

/** Text, or an expression with the span of its wrapper. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | (Span & { readonly kind: 'expression'; readonly expression: Expression });

const opening = '${{';

/** @throws {OattyError} `EXPRESSION_INVALID` or `LIMIT_EXCEEDED` */
export function parseTemplate(text: string, limits: ExpressionLimits = defaultExpressionLimits): Template {
  const parts: TemplatePart[] = [];
  let literal = '';
  let from = 0;
  for (let at = text.indexOf(opening); at !== -1; at = text.indexOf(opening, from)) {
    if (at > from && text[at - 1] === '$') {
      literal += text.slice(from, at - 1) + opening;
      from = at + opening.length;
      continue;
    }
    literal += text.slice(from, at);
    if (literal !== '') parts.push({ kind: 'text', text: literal });
    literal = '';
    const { expression, end } = parseWrapped(text, at + opening.length, limits);
    parts.push({ kind: 'expression', expression, start: at, end });
    from = end;
  }
  literal += text.slice(from);
  return toTemplate(literal === '' ? parts : [...parts, { kind: 'text', text: literal }]);
}

/**
 * The expression of an `if`, an `until` or a `for_each`: with the wrapper or without.
 *
 * @throws {OattyError} `EXPRESSION_INVALID` or `LIMIT_EXCEEDED`
 */
export function parseCondition(text: string, limits: ExpressionLimits = defaultExpressionLimits): Expression {
  const start = text.length - text.trimStart().length;
  if (!text.startsWith(opening, start)) return parseExpression(text, limits);
  const { expression, end } = parseWrapped(text, start + opening.length, limits);
  if (text.slice(end).trim() === '') return expression;
  throw invalidExpression(
    text,
    end,
    'Unexpected text after "}}"',
    'Put the whole expression into one ${{ … }}, or write it without the wrapper.',
  );
}

/** The expressions of a template, in order. */
export function templateExpressions(template: Template): readonly Expression[] {
  if (template.kind === 'whole') return [template.expression];
  if (template.kind === 'literal') return [];
  return template.parts.flatMap((part) => (part.kind === 'expression' ? [part.expression] : []));
}

// --- internal ---

function toTemplate(parts: readonly TemplatePart[]): Template {
  const [first] = parts;
  if (first === undefined) return { kind: 'literal', text: '' };
  if (parts.length > 1) return { kind: 'mixed', parts };
  return first.kind === 'text'
    ? { kind: 'literal', text: first.text }
    : { kind: 'whole', expression: first.expression };
}
