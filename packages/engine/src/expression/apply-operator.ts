/**
 * Operators on values.
 *
 *   O1. `+` takes two numbers or two strings, the other arithmetic two numbers; no value is converted.
 *   O2. `<` and the like take two numbers or two strings; texts compare by code unit, so ISO dates sort by time.
 *   O3. A result that is not a finite number is a failure.
 *   O4. `in`, `contains()` and `.includes()` are one thing: an element of a list (compared as `==` does), a key of an
 *       object, or a part of a text.
 */
import { isRecord } from '@oatty/types';
import type { OattyError } from '@oatty/types';
import type { Evaluation } from './evaluation.ts';
import { failedExpression } from './expression-error.ts';
import type { BinaryExpression, Expression, UnaryExpression } from './expression.ts';
import { describeType, equalsJson } from './json-values.ts';

export function applyBinary(
  node: BinaryExpression,
  left: unknown,
  right: unknown,
  evaluation: Evaluation,
): unknown {
  switch (node.operator) {
    case '==':
      return isEqual(left, right, evaluation);
    case '!=':
      return !isEqual(left, right, evaluation);
    case 'in':
      return isPartOf(node, right, left, evaluation);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return isOrdered(node.operator, compareValues(node, left, right, evaluation));
    case '+':
      if (typeof left === 'string' && typeof right === 'string') return concatenate(left, right, evaluation);
      return calculate(node, '+', left, right);
    case '-':
    case '*':
    case '/':
    case '%':
      return calculate(node, node.operator, left, right);
  }
}

export function negate(node: UnaryExpression, value: unknown): number {
  if (typeof value !== 'number') {
    throw failedExpression(node, `"-" takes a number, not ${describeType(value)}`);
  }
  return 0 - value;
}

/** Negative, zero or positive. */
export function compareValues(
  node: Expression,
  left: unknown,
  right: unknown,
  evaluation: Evaluation,
): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') {
    evaluation.spendOnComparison(left, right);
    return left === right ? 0 : left < right ? -1 : 1;
  }
  throw failedExpression(
    node,
    `only two numbers or two strings have an order, not ${describeType(left)} and ${describeType(right)}`,
    'Convert one of them with to_number() or to_string().',
  );
}

/** Whether `part` is in `container` (O4). */
export function isPartOf(
  node: Expression,
  container: unknown,
  part: unknown,
  evaluation: Evaluation,
): boolean {
  if (Array.isArray(container)) {
    evaluation.spend(container.length);
    return container.some((element) => isEqual(element, part, evaluation));
  }
  if (typeof container !== 'string' && !isRecord(container)) {
    throw failedExpression(
      node,
      `a list, an object or a string can contain something, not ${describeType(container)}`,
    );
  }
  if (typeof part !== 'string') throw notContained(node, container, part);
  if (typeof container !== 'string') return Object.hasOwn(container, part);
  evaluation.spendOnReading(container.length);
  return container.includes(part);
}

// --- internal ---

/** Compares all of both values, and pays for it. */
function isEqual(first: unknown, second: unknown, evaluation: Evaluation): boolean {
  if (typeof first === 'string' && typeof second === 'string') evaluation.spendOnComparison(first, second);
  if (typeof first !== 'object' || typeof second !== 'object') return first === second;
  evaluation.spendOnValue(first);
  evaluation.spendOnValue(second);
  return equalsJson(first, second);
}

function concatenate(left: string, right: string, evaluation: Evaluation): string {
  evaluation.spendOnText(left.length + right.length);
  return left + right;
}

function isOrdered(operator: '<' | '<=' | '>' | '>=', order: number): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

type Arithmetic = '+' | '-' | '*' | '/' | '%';

const arithmetic: Readonly<Record<Arithmetic, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
};

function calculate(node: BinaryExpression, operator: Arithmetic, left: unknown, right: unknown): number {
  if (typeof left !== 'number' || typeof right !== 'number') throw wrongOperands(node, left, right);
  if ((operator === '/' || operator === '%') && right === 0) {
    throw failedExpression(node, 'a division by zero has no result');
  }
  const result = arithmetic[operator](left, right);
  if (!Number.isFinite(result)) throw failedExpression(node, 'the result is too large');
  return result;
}

function wrongOperands(node: BinaryExpression, left: unknown, right: unknown): OattyError {
  const wanted = node.operator === '+' ? 'two numbers or two strings' : 'two numbers';
  const advice =
    node.operator === '+'
      ? 'Convert with to_string() or to_number(), or put the values into text: "${{ a }} ${{ b }}".'
      : 'Convert a string with to_number().';
  const found = `${describeType(left)} and ${describeType(right)}`;
  return failedExpression(node, `"${node.operator}" takes ${wanted}, not ${found}`, advice);
}

function notContained(node: Expression, container: unknown, part: unknown): OattyError {
  const holder =
    typeof container === 'string'
      ? 'a string contains strings'
      : 'an object contains keys, which are strings';
  return failedExpression(node, `${holder}, not ${describeType(part)}`);
}
