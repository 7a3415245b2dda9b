/** Calls a function by name. The table is complete: a name without a body does not compile. */
import type { Evaluation } from '../evaluation.ts';
import type { CallExpression } from '../expression.ts';
import { convertFunctions } from './convert-functions.ts';
import { dateFunctions } from './date-functions.ts';
import { FunctionArguments } from './function-arguments.ts';
import type { FunctionBody } from './function-arguments.ts';
import type { PlainFunctionName } from './function-signatures.ts';
import { listFunctions } from './list-functions.ts';
import { numberFunctions } from './number-functions.ts';
import { textFunctions } from './text-functions.ts';

const bodies: Readonly<Record<PlainFunctionName, FunctionBody>> = {
  ...convertFunctions,
  ...dateFunctions,
  ...listFunctions,
  ...numberFunctions,
  ...textFunctions,
};

export function callFunction(
  node: CallExpression,
  values: readonly unknown[],
  evaluation: Evaluation,
): unknown {
  return bodies[node.name](new FunctionArguments(node, values, evaluation));
}
