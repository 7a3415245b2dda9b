/**
 * Text → tokens, one at a time and only when asked for: where an expression ends inside a template is known to the
 * parser alone. Each character is looked at a fixed number of times.
 *
 *   S1. A name begins with a letter or `_` and goes on with letters, digits and `_`; a `-` between two of these belongs
 *       to the name. After a dot a name may begin with a digit.
 *   S2. Numbers are JSON numbers. An integer that floating point cannot hold is refused.
 *   S3. A text is in `'` or `"`, with the escapes of `escapes` and `\uXXXX`; any other backslash is refused, so that
 *       nobody loses one.
 */
import { expressionLimitExceeded, invalidExpression } from './expression-error.ts';
import type { ExpressionLimits } from './expression-limits.ts';
import type { Span } from './expression.ts';
import { explainCharacter } from './parse-hints.ts';

export type Token = Span &
  (
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'text'; readonly value: string }
    | { readonly kind: 'symbol'; readonly symbol: string }
    | { readonly kind: 'end' }
  );

/** Longer ones first. Those that the language does not have are read as one, to be refused with advice. */
const symbols = ['===', '!==', '==', '!=', '<=', '>=', '&&', '||', '??', '=>', '=~', '**', '${'].concat(
  Array.from('()[]{},:.?<>+-*/%!=&|;^~`@#$'),
);

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  '/': '/',
  n: '\n',
  r: '\r',
  t: '\t',
};

const nonAsciiNamePart = /^[\p{L}\p{N}]$/u;
const numberPattern = /(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

export class Scanner {
  readonly source: string;
  readonly #start: number;
  readonly #limits: ExpressionLimits;

  constructor(source: string, start: number, limits: ExpressionLimits) {
    this.source = source;
    this.#start = start;
    this.#limits = limits;
  }

  /** The token at or after `position`. */
  read(position: number): Token {
    const start = this.#skipSpace(position);
    const token = this.#readAt(start);
    if (token.end - this.#start > this.#limits.maxLength) {
      throw expressionLimitExceeded('maxLength', this.#limits);
    }
    return token;
  }

  /** The name or digits after a dot, `undefined` where there is neither. */
  readSegment(position: number): (Span & { readonly name: string }) | undefined {
    const start = this.#skipSpace(position);
    const end = this.#endOfName(start);
    return end === start ? undefined : { start, end, name: this.source.slice(start, end) };
  }

  // --- internal ---

  #readAt(start: number): Token {
    const character = this.source.charAt(start);
    if (character === '') return { kind: 'end', start, end: start };
    if (isDigit(character)) return this.#readNumber(start);
    if (isNamePart(this.#characterAt(start))) {
      const end = this.#endOfName(start);
      return { kind: 'name', start, end, name: this.source.slice(start, end) };
    }
    if (character === "'" || character === '"') return this.#readText(start, character);
    const symbol = symbols.find((candidate) => this.source.startsWith(candidate, start));
    if (symbol === undefined) {
      const unknown = this.#characterAt(start);
      throw invalidExpression(
        this.source,
        start,
        `Unexpected character "${unknown}"`,
        explainCharacter(unknown),
      );
    }
    return { kind: 'symbol', start, end: start + symbol.length, symbol };
  }

  #readNumber(start: number): Token {
    numberPattern.lastIndex = start;
    const lexeme = numberPattern.exec(this.source)?.[0] ?? '';
    const end = start + lexeme.length;
    const value = Number(lexeme);
    if (isNamePart(this.#characterAt(end))) {
      throw invalidExpression(
        this.source,
        start,
        'This is neither a number nor a name',
        'Put text in quotes.',
      );
    }
    if (!Number.isFinite(value) || (/^\d+$/.test(lexeme) && !Number.isSafeInteger(value))) {
      throw invalidExpression(this.source, start, 'The number is too large', 'Put it in quotes, as text.');
    }
    return { kind: 'number', start, end, value };
  }

  #readText(start: number, quote: string): Token {
    const parts: string[] = [];
    let from = start + 1;
    for (let position = from; position < this.source.length; position += 1) {
      const character = this.source[position];
      if (character === quote) {
        parts.push(this.source.slice(from, position));
        return { kind: 'text', start, end: position + 1, value: parts.join('') };
      }
      if (character !== '\\') continue;
      parts.push(this.source.slice(from, position));
      const escape = this.#readEscape(position);
      parts.push(escape.text);
      from = escape.end;
      position = escape.end - 1;
    }
    throw invalidExpression(this.source, start, 'Unterminated string', `Close it with ${quote}.`);
  }

  #readEscape(position: number): { text: string; end: number } {
    const letter = this.source.charAt(position + 1);
    const simple = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
    if (simple !== undefined) return { text: simple, end: position + 2 };
    const hex = this.source.slice(position + 2, position + 6);
    if (letter === 'u' && /^[0-9a-fA-F]{4}$/.test(hex)) {
      return { text: String.fromCharCode(Number.parseInt(hex, 16)), end: position + 6 };
    }
    throw invalidExpression(
      this.source,
      position,
      `Unknown escape "\\${letter}"`,
      `Write \\\\${letter} for a backslash followed by "${letter}".`,
    );
  }

  #endOfName(start: number): number {
    let end = start;
    while (end < this.source.length) {
      const character = this.#characterAt(end);
      const isInnerDash = character === '-' && end > start && isNamePart(this.#characterAt(end + 1));
      if (!isInnerDash && !isNamePart(character)) break;
      end += character.length;
    }
    return end;
  }

  /** A whole character, also one outside the first plane; empty at the end. */
  #characterAt(position: number): string {
    const codePoint = this.source.codePointAt(position);
    return codePoint === undefined ? '' : String.fromCodePoint(codePoint);
  }

  #skipSpace(position: number): number {
    let start = position;
    while (' \t\r\n\u00a0'.includes(this.source[start] ?? 'x')) start += 1;
    return start;
  }
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

function isNamePart(character: string): boolean {
  if (character === '') return false;
  if (character > '\u007f') return nonAsciiNamePart.test(character);
  const isLetter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
  return isLetter || isDigit(character) || character === '_';
}
