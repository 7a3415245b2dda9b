/** Functions on numbers and on what has an order. */
import { compareValues } from '../apply-operator.ts';
import type { FunctionArguments, FunctionBody } from './function-arguments.ts';
import type { PlainFunctionName } from './function-signatures.ts';

export const numberFunctions = {
  sum,
  min: (given) => extreme(given, -1),
  max: (given) => extreme(given, 1),
  range,
} satisfies Partial<Record<PlainFunctionName, FunctionBody>>;

// --- internal ---

function sum(given: FunctionArguments): number {
  let total = 0;
  for (const element of given.elements(0)) {
    if (typeof element !== 'number') throw given.fail(0, 'must hold numbers only');
    total += element;
  }
  if (!Number.isFinite(total)) throw given.fail(0, 'has a sum that is too large');
  return total;
}

/** The least (-1) or the greatest (1) of a list or of several values; `null` for an empty list. */
function extreme(given: FunctionArguments, sign: -1 | 1): unknown {
  const elements = given.values.length === 1 ? given.elements(0) : given.values;
  let best: unknown = elements[0] ?? null;
  for (const element of elements) {
    if (compareValues(given.node, element, best, given.evaluation) * sign > 0) best = element;
  }
  return best;
}

/** `range(end)` counts from 0, `range(start, end)` from start; the end itself is not in it. */
function range(given: FunctionArguments): readonly number[] {
  const [start, end] = given.isGiven(1) ? [integer(given, 0), integer(given, 1)] : [0, integer(given, 0)];
  const length = Math.max(0, end - start);
  given.evaluation.spend(length);
  return Array.from({ length }, (_, index) => start + index);
}

function integer(given: FunctionArguments, position: number): number {
  const value = given.number(position);
  if (!Number.isSafeInteger(value)) throw given.fail(position, 'must be a whole number');
  return value;
}
