/** The evaluated arguments of one call, taken out by position and type. A wrong type names function and argument. */
import { isRecord } from '@oatty/types';
import type { OattyError } from '@oatty/types';
import type { Evaluation } from '../evaluation.ts';
import { failedExpression } from '../expression-error.ts';
import type { CallExpression } from '../expression.ts';
import { describeType } from '../json-values.ts';
import { parameterNames } from './function-signatures.ts';

/** What a function does; `specs/EXPRESSIONS.md` says it for users. */
export type FunctionBody = (given: FunctionArguments) => unknown;

export class FunctionArguments {
  readonly node: CallExpression;
  readonly values: readonly unknown[];
  readonly evaluation: Evaluation;

  constructor(node: CallExpression, values: readonly unknown[], evaluation: Evaluation) {
    this.node = node;
    this.values = values;
    this.evaluation = evaluation;
  }

  text(position: number): string {
    const value = this.values[position];
    if (typeof value !== 'string') throw this.wrongType(position, 'a string');
    return value;
  }

  number(position: number): number {
    const value = this.values[position];
    if (typeof value !== 'number') throw this.wrongType(position, 'a number');
    return value;
  }

  object(position: number): Readonly<Record<string, unknown>> {
    const value = this.values[position];
    if (!isRecord(value)) throw this.wrongType(position, 'an object');
    return value;
  }

  list(position: number): readonly unknown[] {
    const value = this.values[position];
    if (!Array.isArray(value)) throw this.wrongType(position, 'a list');
    return value as readonly unknown[];
  }

  /** A list that is about to be read from end to end. */
  elements(position: number): readonly unknown[] {
    const list = this.list(position);
    this.evaluation.spend(list.length);
    return list;
  }

  isGiven(position: number): boolean {
    return position < this.values.length;
  }

  wrongType(position: number, wanted: string): OattyError {
    return this.fail(position, `must be ${wanted}, not ${describeType(this.values[position])}`);
  }

  /** @param problem - completes the sentence that begins with the argument */
  fail(position: number, problem: string, suggestedAction?: string): OattyError {
    const names = parameterNames(this.node.name);
    const name = (names[position] ?? names.at(-1) ?? '').replace(/\?$|\.\.\.$/, '');
    return failedExpression(
      this.node,
      `argument "${name}" of ${this.node.name}() ${problem}`,
      suggestedAction,
    );
  }
}
