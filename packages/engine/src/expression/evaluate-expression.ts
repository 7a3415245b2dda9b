/**
 * Syntax tree and scope → JSON value. Pure: no clock, no I/O, no state.
 *
 *   E1. `??`, `||`, `&&` and `? :` evaluate no more than they need; `||`, `&&` and `!` give booleans.
 *   E2. A missing path fails the whole expression, up to the next `??` (or `default()`) whose left side it is in, or the
 *       `has()` around it.
 *   E3. Every node costs a unit of work, and so does every element that a function reads or makes.
 */
import type { ExpressionLimits } from './expression-limits.ts';
import { defaultExpressionLimits } from './expression-limits.ts';
import { applyBinary, negate } from './apply-operator.ts';
import { Evaluation } from './evaluation.ts';
import type { Variables } from './evaluation.ts';
import type { Expression, LogicalExpression } from './expression.ts';
import { isPathLike } from './expression.ts';
import { evaluateEach } from './functions/evaluate-each.ts';
import { callFunction } from './functions/call-function.ts';
import { isTruthy } from './json-values.ts';
import { lookupPath } from './lookup-path.ts';
import { MissingValue, MissingValueError } from './missing-value.ts';
import type { Scope } from './scope.ts';

/**
 * @throws {OattyError} `EXPRESSION_FAILED` with `expression` and `position` (and `existing_keys` where a path breaks off),
 *   or `LIMIT_EXCEEDED`
 */
export function evaluateExpression(
  expression: Expression,
  scope: Scope,
  limits: ExpressionLimits = defaultExpressionLimits,
): unknown {
  return runEvaluation(expression, new Evaluation(scope, limits));
}

/** The same with an evaluation that the caller has set up. */
export function runEvaluation(expression: Expression, evaluation: Evaluation): unknown {
  const value = evaluate(expression, evaluation, undefined);
  if (evaluation.isTainted) evaluation.reportSecretsIn(value);
  return value;
}

// --- internal ---

function evaluate(node: Expression, evaluation: Evaluation, variables: Variables | undefined): unknown {
  evaluation.spend(1);
  const wasTainted = evaluation.isTainted;
  const value = evaluateNode(node, evaluation, variables);
  if (typeof value === 'boolean') evaluation.isTainted = wasTainted;
  return value;
}

function evaluateNode(node: Expression, evaluation: Evaluation, variables: Variables | undefined): unknown {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'path':
    case 'local':
    case 'access': {
      const value = lookupPath(node, evaluation, variables, evaluate);
      if (value instanceof MissingValue) throw new MissingValueError(value);
      return value;
    }
    case 'list':
      return node.items.map((item) => evaluate(item, evaluation, variables));
    case 'object':
      return Object.fromEntries(
        node.entries.map(({ key, value }) => [key, evaluate(value, evaluation, variables)]),
      );
    case 'unary': {
      const value = evaluate(node.operand, evaluation, variables);
      return node.operator === '!' ? !isTruthy(value) : negate(node, value);
    }
    case 'logical':
      return evaluateLogical(node, evaluation, variables);
    case 'conditional': {
      const isTrue = evaluation.decide(() => evaluate(node.condition, evaluation, variables));
      return evaluate(isTrue ? node.whenTrue : node.whenFalse, evaluation, variables);
    }
    case 'binary': {
      const left = evaluate(node.left, evaluation, variables);
      return applyBinary(node, left, evaluate(node.right, evaluation, variables), evaluation);
    }
    case 'call': {
      const values = node.arguments.map((argument) => evaluate(argument, evaluation, variables));
      return callFunction(node, values, evaluation);
    }
    case 'each':
      return evaluateEach(node, evaluation, variables, evaluate);
    case 'has':
      return evaluateOptional(node.path, evaluation, variables) !== undefined;
  }
}

function evaluateLogical(
  node: LogicalExpression,
  evaluation: Evaluation,
  variables: Variables | undefined,
): unknown {
  if (node.operator === '??') {
    const value = evaluateOptional(node.left, evaluation, variables);
    return value ?? evaluate(node.right, evaluation, variables);
  }
  const left = isTruthy(evaluate(node.left, evaluation, variables));
  if (left === (node.operator === '||')) return left;
  return isTruthy(evaluate(node.right, evaluation, variables));
}

/** The value, or `undefined` where a path in it leads nowhere. Most such paths are plain, and cost no exception. */
function evaluateOptional(
  node: Expression,
  evaluation: Evaluation,
  variables: Variables | undefined,
): unknown {
  const value = evaluateOrMissing(node, evaluation, variables);
  if (!(value instanceof MissingValue)) return value;
  if (value.isPending && evaluation.isPreview) throw new MissingValueError(value);
  return undefined;
}

function evaluateOrMissing(
  node: Expression,
  evaluation: Evaluation,
  variables: Variables | undefined,
): unknown {
  try {
    if (!isPathLike(node)) return evaluate(node, evaluation, variables);
    evaluation.spend(1);
    return lookupPath(node, evaluation, variables, evaluate);
  } catch (error) {
    if (error instanceof MissingValueError) return error.missing;
    throw error;
  }
}
