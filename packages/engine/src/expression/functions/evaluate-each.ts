/** `filter`, `map`, `any`, `all` and `find`: the last argument is evaluated once per element, with a variable for it. */
import { isRecord } from '@oatty/types';
import type { Evaluation, Evaluator, Variables } from '../evaluation.ts';
import { failedExpression } from '../expression-error.ts';
import type { EachExpression } from '../expression.ts';
import { describeType } from '../json-values.ts';

export function evaluateEach(
  node: EachExpression,
  evaluation: Evaluation,
  outer: Variables | undefined,
  evaluate: Evaluator,
): unknown {
  const list = toList(node, evaluate(node.list, evaluation, outer));
  const body = (value: unknown): unknown =>
    evaluate(node.body, evaluation, { name: node.variable, value, outer });
  const isMatch = (value: unknown): boolean => evaluation.decide(() => body(value));
  switch (node.name) {
    case 'filter':
      return list.filter(isMatch);
    case 'map':
      return list.map(body);
    case 'any':
      return list.some(isMatch);
    case 'all':
      return list.every(isMatch);
    case 'find':
      return list.find(isMatch) ?? null;
  }
}

// --- internal ---

function toList(node: EachExpression, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  throw failedExpression(
    node,
    `argument "list" of ${node.name}() must be a list, not ${describeType(value)}`,
    isRecord(value) ? 'Take the values of an object with values(object).' : undefined,
  );
}
