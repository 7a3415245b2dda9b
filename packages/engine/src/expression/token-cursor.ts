/**
 * What the grammar rules share: the current token, the variables in scope, and the two bounds on nesting.
 *
 *   C1. Nothing after the current token has been taken; a dot is looked past only to see whether a method is called.
 *   C2. Going down (`nested`) and building up (`node`) both count, so neither brackets nor long chains of operators
 *       make a tree that recursion could not walk.
 */
import type { OattyError } from '@oatty/types';
import { expressionLimitExceeded, invalidExpression } from './expression-error.ts';
import type { ExpressionLimits } from './expression-limits.ts';
import type { Expression, Span } from './expression.ts';
import { Scanner } from './scanner.ts';
import type { Token } from './scanner.ts';

/** As far as advice looks at what follows. */
const maxLookedAhead = 60;

type GrammarRule = (cursor: TokenCursor) => Expression;

export class TokenCursor {
  readonly source: string;
  /** Variables of the enclosing `filter`, `map` and so on, innermost last. */
  readonly variables: string[] = [];
  token: Token;
  readonly #scanner: Scanner;
  readonly #limits: ExpressionLimits;
  readonly #rule: GrammarRule;
  readonly #depths = new WeakMap<Expression, number>();
  #nesting = 0;
  #previousEnd: number;

  /** @param rule - the grammar rule for a whole expression, for what stands in brackets */
  constructor(source: string, start: number, limits: ExpressionLimits, rule: GrammarRule) {
    this.source = source;
    this.#limits = limits;
    this.#rule = rule;
    this.#scanner = new Scanner(source, start, limits);
    this.#previousEnd = start;
    this.token = this.#scanner.read(start);
  }

  advance(): Token {
    const token = this.token;
    this.#moveTo(token.end);
    return token;
  }

  isAtEnd(): boolean {
    return this.token.kind === 'end';
  }

  isAt(symbol: string): boolean {
    return this.token.kind === 'symbol' && this.token.symbol === symbol;
  }

  isAtWord(word: string): boolean {
    return this.token.kind === 'name' && this.token.name === word;
  }

  accept(symbol: string): boolean {
    if (!this.isAt(symbol)) return false;
    this.advance();
    return true;
  }

  expect(symbol: string, suggestedAction?: string): void {
    if (!this.accept(symbol)) throw this.invalid(`Expected "${symbol}"`, suggestedAction);
  }

  /** With the cursor at a dot: the name or digits after it. */
  takeSegment(): Span & { readonly name: string } {
    const segment = this.#scanner.readSegment(this.token.end);
    if (segment === undefined) {
      this.advance();
      throw this.invalid('Expected a name after "."', "Write other keys in brackets: a['x y'].");
    }
    this.#moveTo(segment.end);
    return segment;
  }

  /** At `.name(`: only looked at, not taken. */
  isAtMethodCall(): boolean {
    if (!this.isAt('.')) return false;
    const segment = this.#scanner.readSegment(this.token.end);
    const next = segment && this.#scanner.read(segment.end);
    return next?.kind === 'symbol' && next.symbol === '(';
  }

  /** A whole expression inside another one. */
  nested(): Expression {
    this.#nesting += 1;
    if (this.#nesting > this.#limits.maxDepth) throw expressionLimitExceeded('maxDepth', this.#limits);
    const expression = this.#rule(this);
    this.#nesting -= 1;
    return expression;
  }

  /** Builds a node that began at `start` and ends with the last token taken. */
  node<N extends Expression>(
    start: number,
    fields: Omit<N, 'start' | 'end' | 'text'>,
    children: readonly Expression[] = [],
  ): N {
    const end = this.#previousEnd;
    const node = { ...fields, start, end, text: this.source.slice(start, end) } as N; // `fields` has the rest of N
    const depth = 1 + Math.max(0, ...children.map((child) => this.#depths.get(child) ?? 0));
    if (depth > this.#limits.maxDepth) throw expressionLimitExceeded('maxDepth', this.#limits);
    this.#depths.set(node, depth);
    return node;
  }

  invalid(problem: string, suggestedAction?: string, position: number = this.token.start): OattyError {
    return invalidExpression(this.source, position, problem, suggestedAction);
  }

  /** The context of the error has the name: who knows more than the language may know what is meant. */
  unknownName(name: string, position: number, suggestedAction: string): OattyError {
    return invalidExpression(this.source, position, `Unknown name "${name}"`, suggestedAction, { name });
  }

  /** What follows the current token. */
  get rest(): string {
    return this.source.slice(this.token.end, this.token.end + maxLookedAhead);
  }

  // --- internal ---

  #moveTo(position: number): void {
    this.#previousEnd = position;
    this.token = this.#scanner.read(position);
  }
}
