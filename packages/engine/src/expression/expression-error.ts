/**
 * The errors of the language, built in one place.
 *
 *   X1. Positions count characters from 0 in the text that was parsed; line and column count from 1.
 *   X2. A message quotes what the author wrote and the names of keys, never a value: it might be a secret.
 */
import { OattyError } from '@oatty/types';
import type { ExpressionLimits } from './expression-limits.ts';

/** A mistake in the text of an expression. */
export function invalidExpression(
  source: string,
  position: number,
  problem: string,
  suggestedAction?: string,
  facts: { readonly name?: string } = {},
): OattyError {
  return new OattyError('EXPRESSION_INVALID', `${problem} at position ${position} of "${clip(source)}".`, {
    ...(suggestedAction !== undefined && { suggestedAction }),
    context: { expression: clip(source), position, ...lineAndColumn(source, position), ...facts },
  });
}

/** A well-formed expression that has no result. */
export function failedExpression(
  node: { readonly text: string; readonly start: number },
  problem: string,
  suggestedAction?: string,
): OattyError {
  return new OattyError('EXPRESSION_FAILED', `${clip(node.text)}: ${problem} (position ${node.start}).`, {
    ...(suggestedAction !== undefined && { suggestedAction }),
    context: { expression: clip(node.text), position: node.start },
  });
}

const limitMeanings: Readonly<Record<keyof ExpressionLimits, string>> = {
  maxLength: 'An expression may have at most {} characters',
  maxDepth: 'An expression or a value may be nested at most {} levels deep',
  maxWork: 'An expression may do at most {} units of work',
  maxTextLength: 'A string may have at most {} characters',
};

export function expressionLimitExceeded(limit: keyof ExpressionLimits, limits: ExpressionLimits): OattyError {
  const maximum = limits[limit];
  return new OattyError('LIMIT_EXCEEDED', `${limitMeanings[limit].replace('{}', String(maximum))}.`, {
    context: { limit: `expression.${limit}`, maximum },
  });
}

/** Long texts are cut in messages. */
export function clip(text: string, maxLength = 160): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength)}…`;
}

// --- internal ---

function lineAndColumn(source: string, position: number): { line: number; column: number } {
  const before = source.slice(0, position);
  return { line: before.split('\n').length, column: position - before.lastIndexOf('\n') };
}
