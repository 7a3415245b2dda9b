/**
 * One evaluation of one expression: its scope, how much it has done, and whether a secret has gone into its value.
 *
 *   V1. Work is paid for before it is done, so a limit stops an expression before it costs memory or time.
 *   V2. What a secret decides is no secret: booleans carry no taint, and neither do conditions (`secrets.A ? x : y`).
 */
import { isRecord } from '@oatty/types';
import { expressionLimitExceeded } from './expression-error.ts';
import type { ExpressionLimits } from './expression-limits.ts';
import type { Expression } from './expression.ts';
import { isTruthy } from './json-values.ts';
import type { Scope } from './scope.ts';

const charactersPerUnit = 16;
const comparedCharactersPerUnit = 256;

/** Variables of the enclosing `filter`, `map` and so on, innermost first. */
export interface Variables {
  readonly name: string;
  readonly value: unknown;
  readonly outer: Variables | undefined;
}

export type Evaluator = (
  node: Expression,
  evaluation: Evaluation,
  variables: Variables | undefined,
) => unknown;

/** Shorter pieces of a secret occur by chance; taking them out would only spoil what is shown. */
const minDerivedLength = 4;

export class Evaluation {
  readonly scope: Scope;
  readonly limits: ExpressionLimits;
  /** Whether a value that may come later is an error even where a missing one is allowed. */
  readonly isPreview: boolean;
  /** Whether the value so far was made of a secret. */
  isTainted = false;
  #work = 0;

  constructor(scope: Scope, limits: ExpressionLimits, isPreview = false) {
    this.scope = scope;
    this.limits = limits;
    this.isPreview = isPreview;
  }

  spend(units: number): void {
    this.#work += units;
    if (this.#work > this.limits.maxWork) throw expressionLimitExceeded('maxWork', this.limits);
  }

  /** Pays for making a text of that length. */
  spendOnText(length: number): void {
    if (length > this.limits.maxTextLength) throw expressionLimitExceeded('maxTextLength', this.limits);
    this.spendOnReading(length);
  }

  /** Pays for reading a text of that length that is there already. */
  spendOnReading(length: number): void {
    this.spend(Math.ceil(length / charactersPerUnit));
  }

  /** Pays for comparing two texts, which is fast. */
  spendOnComparison(first: string, second: string): void {
    this.spend(1 + Math.floor(Math.min(first.length, second.length) / comparedCharactersPerUnit));
  }

  /** Pays for reading a value through and through: its elements, its texts, and no deeper than allowed. */
  spendOnValue(value: unknown, depth = 0): void {
    if (depth > this.limits.maxDepth) throw expressionLimitExceeded('maxDepth', this.limits);
    if (typeof value === 'string') return this.spend(1 + Math.floor(value.length / charactersPerUnit));
    this.spend(1);
    if (Array.isArray(value)) {
      for (const element of value) this.spendOnValue(element, depth + 1);
    } else if (isRecord(value)) {
      for (const key of Object.keys(value)) this.spendOnValue(value[key], depth + 1);
    }
  }

  /** Tells the scope of a secret and marks the value. */
  readSecret(value: unknown): void {
    if (value === null) return; // an optional input without a value
    this.isTainted = true;
    if (typeof value === 'string') this.#report(value, 1);
    else this.reportSecretsIn(value);
  }

  /** Tells the scope of every text and long number in a value that was made of a secret. */
  reportSecretsIn(value: unknown): void {
    if (this.scope.onSecret === undefined) return;
    this.spendOnValue(value);
    this.#reportIn(value);
  }

  /** Evaluates something whose value only decides. */
  decide(evaluateCondition: () => unknown): boolean {
    const wasTainted = this.isTainted;
    const decision = isTruthy(evaluateCondition());
    this.isTainted = wasTainted;
    return decision;
  }

  #reportIn(value: unknown): void {
    if (typeof value === 'string') this.#report(value, minDerivedLength);
    else if (typeof value === 'number') this.#report(String(value), minDerivedLength);
    else if (Array.isArray(value)) for (const element of value) this.#reportIn(element);
    else if (isRecord(value)) for (const key of Object.keys(value)) this.#reportIn(value[key]);
  }

  #report(text: string, minLength: number): void {
    if (text.length >= minLength) this.scope.onSecret?.(text);
  }
}
