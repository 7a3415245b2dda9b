/** An expression without anything around it, for tests of what stands in it. */
import { OattyError } from '@oatty/types';
import { evaluateExpression } from '../src/expression/evaluate-expression.ts';
import { parseExpression } from '../src/expression/parse-expression.ts';

export function evaluateText(text: string): unknown {
  return evaluateExpression(parseExpression(text), {});
}

/** What evaluating it throws. */
export function errorOfText(text: string): OattyError {
  try {
    evaluateText(text);
  } catch (error) {
    return OattyError.from(error);
  }
  throw new Error(`"${text}" has a value`);
}
