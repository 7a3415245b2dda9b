/**
 * Text → syntax tree. The only parser of the language: templates, conditions, validation and editor help use it.
 *
 *   P1. `true`, `false` and `null` are values; `in` is an operator; any other bare name is a root of `rootNames`, the
 *       variable of a `filter` and the like around it, or a mistake.
 *   P2. Whether a root may be used at a place, and whether a path leads anywhere, is for `analyze-expression.ts` and
 *       its callers to say.
 */
import type { OattyError } from '@oatty/types';
import type { ExpressionLimits } from './expression-limits.ts';
import { defaultExpressionLimits } from './expression-limits.ts';
import type { Expression } from './expression.ts';
import { explainWord } from './parse-hints.ts';
import { parseConditional } from './parse-operators.ts';
import { TokenCursor } from './token-cursor.ts';

/**
 * An expression without the wrapper: `inputs.amount > 0`.
 *
 * @throws {OattyError} `EXPRESSION_INVALID` with `expression`, `position`, `line` and `column`, or `LIMIT_EXCEEDED`
 */
export function parseExpression(
  text: string,
  limits: ExpressionLimits = defaultExpressionLimits,
): Expression {
  const cursor = new TokenCursor(text, 0, limits, parseConditional);
  const expression = parseRoot(cursor);
  if (!cursor.isAtEnd()) throw unexpected(cursor);
  return expression;
}

/**
 * The expression that begins at `start` and is closed by `}}`, as in a template.
 *
 * @returns the expression and the offset after the braces
 */
export function parseWrapped(
  text: string,
  start: number,
  limits: ExpressionLimits,
): { readonly expression: Expression; readonly end: number } {
  const cursor = new TokenCursor(text, start, limits, parseConditional);
  if (cursor.isAtEnd()) throw unterminated(cursor, start);
  const expression = parseRoot(cursor);
  const closing = cursor.token.start;
  if (text.startsWith('}}', closing)) return { expression, end: closing + 2 };
  throw cursor.isAtEnd() ? unterminated(cursor, start) : unexpected(cursor);
}

// --- internal ---

function parseRoot(cursor: TokenCursor): Expression {
  if (cursor.isAtEnd() || cursor.isAt('}')) {
    throw cursor.invalid('The expression is empty', 'Write a value, such as inputs.name.');
  }
  return cursor.nested();
}

function unterminated(cursor: TokenCursor, start: number): OattyError {
  return cursor.invalid('Unterminated "${{"', 'Close it with "}}".', start - '${{'.length);
}

/** Something follows a whole expression. */
function unexpected(cursor: TokenCursor): OattyError {
  const { token } = cursor;
  const written = cursor.source.slice(token.start, token.end);
  const advice = token.kind === 'name' ? explainWord(token.name, cursor.rest) : undefined;
  return cursor.invalid(`Unexpected ${written}`, advice ?? 'Put an operator between two values.');
}
