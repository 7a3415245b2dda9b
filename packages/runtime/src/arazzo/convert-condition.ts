/**
 * Conditions of type `simple` → expressions of a manifest. Operators are the same in both.
 *
 *   C1. Arazzo compares strings without regard to case, so both sides of such a comparison are lowered.
 *   C2. What is missing makes an Arazzo condition false; here that is `?? false`, which the caller writes around it.
 */
import type { ExpressionScope, Translation } from './runtime-expression.ts';
import { translateExpression } from './runtime-expression.ts';
import { toStringLiteral } from './path-text.ts';

export function convertCondition(condition: string, scope: ExpressionScope): Translation {
  const tokens = tokenize(condition);
  if (tokens === undefined || tokens.length === 0) return { reason: `"${condition}" does not parse` };
  const texts: string[] = [];
  for (const token of tokens) {
    const translation = translateToken(token, scope);
    if (!('text' in translation)) return translation;
    texts.push(translation.text);
  }
  return { text: ignoreCase(tokens, texts).join(' ') };
}

// --- internal ---

interface Token {
  readonly kind: 'expression' | 'string' | 'literal' | 'operator';
  readonly text: string;
}

const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['expression', /\$[A-Za-z][\w.\-[\]]*(?:#\/[^\s()<>=!&|,'"]*)?/y],
  ['string', /'(?:[^']|'')*'|"[^"\\]*"/y],
  ['literal', /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y],
  ['operator', /&&|\|\||[<>=!]=|[<>!()]/y],
];

function tokenize(condition: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  while (at < condition.length) {
    if (/\s/.test(condition.charAt(at))) {
      at++;
      continue;
    }
    const token = readToken(condition, at);
    if (token === undefined) return undefined;
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function readToken(condition: string, at: number): Token | undefined {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const text = pattern.exec(condition)?.[0];
    if (text !== undefined) return { kind, text };
  }
  return undefined;
}

function translateToken({ kind, text }: Token, scope: ExpressionScope): Translation {
  if (kind === 'expression') return translateExpression(text, scope);
  if (kind !== 'string') return { text };
  const content = text.slice(1, -1);
  return { text: toStringLiteral(text.startsWith("'") ? content.replaceAll("''", "'") : content) };
}

function ignoreCase(tokens: readonly Token[], texts: readonly string[]): string[] {
  const isCompared = (at: number) => tokens[at]?.text === '==' || tokens[at]?.text === '!=';
  const isOperand = (at: number) => tokens[at]?.kind === 'string' || tokens[at]?.kind === 'expression';
  const isWithText = (at: number, other: number, operator: number) =>
    isCompared(operator) &&
    isOperand(other) &&
    (tokens[at]?.kind === 'string' || tokens[other]?.kind === 'string');
  return texts.map((text, at) => {
    if (!isOperand(at) || !(isWithText(at, at + 2, at + 1) || isWithText(at, at - 2, at - 1))) return text;
    return tokens[at]?.kind === 'string' ? text.toLowerCase() : `lower(to_string(${text}))`;
  });
}
