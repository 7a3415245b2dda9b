/**
 * What a step would send, before the run: what cannot be known yet stays as template text and is listed.
 *
 *   P1. Unknown are steps without output, and roots that the scope does not have (`secrets`, `item`, `run`, …).
 *   P2. `??`, `default()` and `has()` wait for such a value too: whether it will be missing is not known yet.
 *   P3. In a string with several templates the known ones are put in. A string of which something is left is text.
 *   P4. Other mistakes are errors, as when the value is rendered.
 */
import { Evaluation } from './evaluation.ts';
import { runEvaluation } from './evaluate-expression.ts';
import type { ExpressionLimits } from './expression-limits.ts';
import { defaultExpressionLimits } from './expression-limits.ts';
import type { Expression } from './expression.ts';
import { mapStrings } from './map-strings.ts';
import { MissingValueError } from './missing-value.ts';
import type { Scope } from './scope.ts';
import { templateOf } from './template-cache.ts';
import { toText } from './to-text.ts';

export interface Unresolved {
  /** Where the template is: `$.items[0].name`. */
  readonly path: string;
  /** As written, without the wrapper. */
  readonly expression: string;
}

/** @param path - where `value` is, for `unresolved[].path` */
export function renderPreview(
  value: unknown,
  scope: Scope,
  path = '$',
  limits: ExpressionLimits = defaultExpressionLimits,
): { readonly value: unknown; readonly unresolved: readonly Unresolved[] } {
  const unresolved: Unresolved[] = [];
  const rendered = mapStrings(value, path, limits, (text, locate) => {
    const preview = (expression: Expression): Preview => {
      const result = evaluateNow(expression, scope, limits);
      if (result.kind === 'unknown') unresolved.push({ path: locate(), expression: expression.text });
      return result;
    };
    return renderText(text, limits, preview);
  });
  return { value: rendered, unresolved };
}

// --- internal ---

type Preview =
  | { readonly kind: 'known'; readonly value: unknown; readonly evaluation: Evaluation }
  | { readonly kind: 'unknown' };

function renderText(
  text: string,
  limits: ExpressionLimits,
  preview: (expression: Expression) => Preview,
): unknown {
  const template = templateOf(text, limits);
  if (template.kind === 'literal') return template.text;
  if (template.kind === 'whole') {
    const result = preview(template.expression);
    return result.kind === 'known' ? result.value : text;
  }
  const texts = template.parts.map((part) => {
    if (part.kind === 'text') return part.text;
    const result = preview(part.expression);
    return result.kind === 'known'
      ? toText(result.value, result.evaluation)
      : text.slice(part.start, part.end);
  });
  return texts.join('');
}

function evaluateNow(expression: Expression, scope: Scope, limits: ExpressionLimits): Preview {
  const evaluation = new Evaluation(scope, limits, true);
  try {
    return { kind: 'known', value: runEvaluation(expression, evaluation), evaluation };
  } catch (error) {
    if (error instanceof MissingValueError && error.missing.isPending) return { kind: 'unknown' };
    throw error;
  }
}
