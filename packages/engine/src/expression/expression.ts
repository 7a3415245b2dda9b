/**
 * The syntax tree of an expression: what the parser gives, and what analysis, evaluation and editor help read.
 *
 *   T1. `start` and `end` are offsets in the text that was parsed; for a template that is the whole string.
 *   T2. Writing variants are gone: `default(a, b)` is `a ?? b`, `list.includes(x)` is `contains(list, x)`, and the
 *       `output` directly after a step id is dropped.
 *   T3. The tree is at most `maxDepth` deep, so reading it by recursion is safe.
 */
import type { EachName, PlainFunctionName } from './functions/function-signatures.ts';

export const rootNames = ['inputs', 'steps', 'responses', 'env', 'run', 'item', 'index', 'secrets'] as const;
export type RootName = (typeof rootNames)[number];

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** `.name`, `.0`, `[0]`, `['name']`, or an index that is only known when it is evaluated. */
export type Segment =
  | (Span & { readonly kind: 'key'; readonly key: string | number })
  | (Span & { readonly kind: 'dynamic'; readonly expression: Expression });

interface Node extends Span {
  /** As written. */
  readonly text: string;
}

export interface LiteralExpression extends Node {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
}

export interface ListExpression extends Node {
  readonly kind: 'list';
  readonly items: readonly Expression[];
}

export interface ObjectExpression extends Node {
  readonly kind: 'object';
  readonly entries: readonly { readonly key: string; readonly value: Expression }[];
}

/** A value of the workflow: `steps.list.items[0].id`. For `steps`, `responses` and `secrets` the first segment is a plain name. */
export interface PathExpression extends Node {
  readonly kind: 'path';
  readonly root: RootName;
  readonly segments: readonly Segment[];
}

/** The variable of a `filter`, `map`, `any`, `all` or `find` around it. */
export interface LocalExpression extends Node {
  readonly kind: 'local';
  readonly name: string;
  readonly segments: readonly Segment[];
}

/** A path into a value that is not named: `first(steps.list).id`. */
export interface AccessExpression extends Node {
  readonly kind: 'access';
  readonly target: Expression;
  readonly segments: readonly Segment[];
}

export interface UnaryExpression extends Node {
  readonly kind: 'unary';
  readonly operator: '!' | '-';
  readonly operand: Expression;
}

export type LogicalOperator = '??' | '||' | '&&';

/** Evaluates no more than it needs. */
export interface LogicalExpression extends Node {
  readonly kind: 'logical';
  readonly operator: LogicalOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export type BinaryOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '+' | '-' | '*' | '/' | '%';

export interface BinaryExpression extends Node {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface ConditionalExpression extends Node {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

export interface CallExpression extends Node {
  readonly kind: 'call';
  readonly name: PlainFunctionName;
  readonly arguments: readonly Expression[];
}

/** `filter(list, x, body)` and the like: the body sees one element at a time as `variable`. */
export interface EachExpression extends Node {
  readonly kind: 'each';
  readonly name: EachName;
  readonly list: Expression;
  readonly variable: string;
  readonly body: Expression;
}

export interface HasExpression extends Node {
  readonly kind: 'has';
  readonly path: PathLike;
}

/** Whatever may be missing by itself. */
export type PathLike = PathExpression | LocalExpression | AccessExpression;

export type Expression =
  | LiteralExpression
  | ListExpression
  | ObjectExpression
  | PathLike
  | UnaryExpression
  | LogicalExpression
  | BinaryExpression
  | ConditionalExpression
  | CallExpression
  | EachExpression
  | HasExpression;

export function isPathLike(expression: Expression): expression is PathLike {
  return expression.kind === 'path' || expression.kind === 'local' || expression.kind === 'access';
}
