/**
 * A value with templates in its strings → the value that is sent.
 *
 *   R1. A string that is exactly one template becomes the value of the expression, whatever its type.
 *   R2. In other strings values are put as text: `null` is empty, lists and objects are JSON.
 *   R3. Keys of objects are not templates.
 */
import { Evaluation } from './evaluation.ts';
import { runEvaluation } from './evaluate-expression.ts';
import { expressionLimitExceeded } from './expression-error.ts';
import type { ExpressionLimits } from './expression-limits.ts';
import { defaultExpressionLimits } from './expression-limits.ts';
import type { Expression } from './expression.ts';
import { mapStrings } from './map-strings.ts';
import type { TemplatePart } from './parse-template.ts';
import type { Scope } from './scope.ts';
import { templateOf } from './template-cache.ts';
import { toText } from './to-text.ts';

/**
 * @throws {OattyError} `EXPRESSION_INVALID`, `EXPRESSION_FAILED` or `LIMIT_EXCEEDED`, with `location` in the context:
 *   `$.items[0].name`
 */
export function renderValue(
  value: unknown,
  scope: Scope,
  limits: ExpressionLimits = defaultExpressionLimits,
): unknown {
  return mapStrings(value, '$', limits, (text) => renderText(text, scope, limits));
}

/** The same, with every text that went in as a secret or was made of one, so that callers can take it out again. */
export function renderWithSecrets(
  value: unknown,
  scope: Scope,
  limits: ExpressionLimits = defaultExpressionLimits,
): { readonly value: unknown; readonly secrets: ReadonlySet<string> } {
  const secrets = new Set<string>();
  const onSecret = (secret: string): void => {
    secrets.add(secret);
    scope.onSecret?.(secret);
  };
  return { value: renderValue(value, { ...scope, onSecret }, limits), secrets };
}

// --- internal ---

function renderText(text: string, scope: Scope, limits: ExpressionLimits): unknown {
  const template = templateOf(text, limits);
  switch (template.kind) {
    case 'literal':
      return template.text;
    case 'whole':
      return runEvaluation(template.expression, new Evaluation(scope, limits));
    case 'mixed':
      return joinParts(template.parts, limits, (expression) => {
        const evaluation = new Evaluation(scope, limits);
        return toText(runEvaluation(expression, evaluation), evaluation);
      });
  }
}

function joinParts(
  parts: readonly TemplatePart[],
  limits: ExpressionLimits,
  textOf: (expression: Expression) => string,
): string {
  const texts = parts.map((part) => (part.kind === 'text' ? part.text : textOf(part.expression)));
  const length = texts.reduce((total, text) => total + text.length, 0);
  if (length > limits.maxTextLength) throw expressionLimitExceeded('maxTextLength', limits);
  return texts.join('');
}
