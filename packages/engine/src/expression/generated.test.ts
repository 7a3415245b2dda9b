/** Properties that hold for whatever is written. The cases are generated from fixed seeds, so a failure repeats. */
import { OattyError } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { references } from './analyze-expression.ts';
import { evaluateExpression } from './evaluate-expression.ts';
import { equalsJson } from './json-values.ts';
import type { Expression } from './expression.ts';
import { parseExpression } from './parse-expression.ts';
import { parseTemplate } from './parse-template.ts';
import { renderValue } from './render-value.ts';
import type { Scope } from './scope.ts';
import { createRandom } from '../../test/random.ts';
import type { Random } from '../../test/random.ts';

const seeds = Array.from({ length: 300 }, (_, index) => index + 1);

const scope: Scope = {
  inputs: { a: 1, b: 'text', c: [1, 'x', null], d: { e: { f: true } }, n: null },
  steps: new Map([
    ['one', { status: 'available', output: { id: 1, items: [{ k: 'v' }] } }],
    ['two', { status: 'unavailable', reason: 'was skipped' }],
  ]),
};

describe('every JSON value', () => {
  it('is an expression, and a template, with that value', () => {
    for (const seed of seeds) {
      const value = someJson(createRandom(seed), 4);
      const text = JSON.stringify(value);
      expect(evaluateExpression(parseExpression(text), {})).toEqual(value);
      expect(renderValue(`\${{ ${text} }}`, {})).toEqual(value);
      const escaped: unknown = JSON.parse(text.replaceAll('${{', () => '$${{'));
      expect(renderValue({ a: [escaped] }, {})).toEqual({ a: [value] });
      expect(equalsJson(value, JSON.parse(text))).toBe(true);
    }
  });
});

describe('every expression', () => {
  it('has parts whose text gives the same tree when it is read alone', () => {
    for (const seed of seeds) {
      const expression = parseExpression(someExpression(createRandom(seed), 4));
      for (const part of [expression, ...partsOf(expression)]) {
        expect(withoutPositions(parseExpression(part.text))).toBe(withoutPositions(part));
      }
    }
  });

  it('ends where it ends, whatever stands around it', () => {
    for (const seed of seeds) {
      const text = someExpression(createRandom(seed), 4);
      expect(parseTemplate(`x \${{${text}}} y`)).toMatchObject({
        parts: [{ text: 'x ' }, { start: 2, end: text.length + 7 }, { text: ' y' }],
      });
    }
  });

  it('reads only what analysis says', () => {
    for (const seed of seeds) {
      const text = someExpression(createRandom(seed), 4);
      const expression = parseExpression(text);
      for (const reference of references(expression)) {
        expect(text.slice(reference.start, reference.end)).toBe(reference.text);
      }
    }
  });

  it('has a JSON value, or an error that names a position inside it', () => {
    for (const seed of seeds) {
      const text = someExpression(createRandom(seed), 4);
      const result = attempt(() => evaluateExpression(parseExpression(text), scope));
      expect(problemOf(result, text, ['EXPRESSION_FAILED'])).toBeUndefined();
    }
  });

  it('gives the same result every time', () => {
    for (const seed of seeds) {
      const expression = parseExpression(someExpression(createRandom(seed), 4));
      const [first, second] = [1, 2].map(() => attempt(() => evaluateExpression(expression, scope)));
      expect(outcome(second)).toEqual(outcome(first));
    }
  });
});

describe('every other text', () => {
  it('is refused with a position inside it', () => {
    for (const seed of seeds) {
      const random = createRandom(seed);
      const text = brokenText(random, someExpression(random, 3));
      const result = attempt(() => evaluateExpression(parseExpression(text), scope));
      expect(problemOf(result, text, ['EXPRESSION_INVALID', 'EXPRESSION_FAILED'])).toBeUndefined();
    }
  });
});

// --- internal ---

function pick<Choice>(random: Random, choices: readonly [Choice, ...Choice[]]): Choice {
  return choices[random(choices.length)] ?? choices[0];
}

function someJson(random: Random, depth: number): unknown {
  const kind = random(depth > 0 ? 7 : 5);
  if (kind === 0) return null;
  if (kind === 1) return random(2) === 1;
  if (kind === 2) return (random(2_000_001) - 1_000_000) / pick(random, [1, 8, 1000]) + 0;
  if (kind < 5) return pick(random, ['', 'a', 'it\'s "so"', '}}', '${{ x }}', '\\', 'ä\n\t€😀', '__proto__']);
  const members = Array.from({ length: random(4) }, () => someJson(random, depth - 1));
  if (kind === 5) return members;
  return Object.fromEntries(
    members.map((member, index) => [`${pick(random, ['k', 'a b', '', '1'])}${index}`, member]),
  );
}

function someExpression(random: Random, depth: number): string {
  const inner = (): string => someExpression(random, depth - 1);
  if (depth === 0 || random(6) === 0) {
    return pick(random, [
      ...(['inputs.a', 'inputs.b', 'inputs.c[1]', "inputs.d['e'].f", 'inputs.n', 'inputs.none'] as const),
      ...(['steps.one.items.0.k', 'steps.two.id', '1', '2.5', "'text'", 'null', 'true', '[]', '{}'] as const),
    ]);
  }
  return pick<() => string>(random, [
    () =>
      `(${inner()} ${pick(random, ['??', '||', '&&', '==', '!=', '<', '>=', 'in', '+', '-', '*', '%'])} ${inner()})`,
    () => `(${inner()}).key`,
    () => `!${inner()}`,
    () => `(${inner()} ? ${inner()} : ${inner()})`,
    () => `[${inner()}, ${inner()}]`,
    () => `{a: ${inner()}, 'b c': ${inner()}}`,
    () => `default(${inner()}, ${inner()})`,
    () => `length(${inner()})`,
    () => `to_json(${inner()})`,
    () => `map([${inner()}], x, [x, ${inner()}])`,
    () => `filter(inputs.c, x, x == ${inner()})`,
    () => `inputs.c[${inner()}]`,
    () => `has(inputs.d[${inner()}])`,
  ])();
}

/** Takes a piece out, or puts one in. */
function brokenText(random: Random, text: string): string {
  const at = random(text.length);
  const piece = pick(random, [
    '',
    '(',
    ')',
    '}}',
    '"',
    "'",
    '=',
    '..',
    '[',
    '${{',
    '\\',
    '?',
    '\u0000',
    'é',
    ' x ',
    ',',
  ]);
  return text.slice(0, at) + piece + text.slice(at + random(3));
}

type Attempt =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'error'; readonly error: OattyError };

function attempt(compute: () => unknown): Attempt {
  try {
    return { kind: 'value', value: compute() };
  } catch (error) {
    return { kind: 'error', error: OattyError.from(error) };
  }
}

/** What is wrong with a result, if anything. */
function problemOf(result: Attempt, text: string, codes: readonly string[]): string | undefined {
  if (result.kind === 'value') {
    const copy: unknown = JSON.parse(JSON.stringify(result.value));
    return equalsJson(copy, result.value) ? undefined : `${text} has no JSON value`;
  }
  const { code, options } = result.error;
  const position = Number(options.context?.['position']);
  if (!codes.includes(code)) return `${text} fails with ${code}`;
  return position >= 0 && position <= text.length ? undefined : `${text} fails at ${position}`;
}

/** The operands of operators and choices, in which no variable is bound. */
function partsOf(node: Expression): readonly Expression[] {
  if (node.kind === 'binary' || node.kind === 'logical') return [node.left, node.right].flatMap(withParts);
  if (node.kind === 'conditional') return [node.condition, node.whenTrue, node.whenFalse].flatMap(withParts);
  if (node.kind === 'list') return node.items.flatMap(withParts);
  return node.kind === 'unary' ? withParts(node.operand) : [];
}

function withParts(node: Expression): readonly Expression[] {
  return [node, ...partsOf(node)];
}

function withoutPositions(node: Expression): string {
  return JSON.stringify(node, (key, value: unknown) =>
    ['start', 'end', 'text'].includes(key) ? null : value,
  );
}

function outcome(result: Attempt | undefined): unknown {
  return result?.kind === 'error' ? result.error.message : result?.value;
}
