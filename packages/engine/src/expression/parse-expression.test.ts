import { OattyError } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { defaultExpressionLimits } from './expression-limits.ts';
import type { Expression, Segment } from './expression.ts';
import { parseExpression } from './parse-expression.ts';

describe('parseExpression groups operators', () => {
  it.each([
    ['a ?? b || c', '(a ?? (b || c))'],
    ['a || b && c', '(a || (b && c))'],
    ['a && b == c', '(a && (b == c))'],
    ['a == b < c', '(a == (b < c))'],
    ['a < b in c', '(a < (b in c))'],
    ['a in b + c', '(a in (b + c))'],
    ['a + b * c', '(a + (b * c))'],
    ['a * !b', '(a * (! b))'],
    ['!a == b', '((! a) == b)'],
    ['-a - -b', '((- a) - (- b))'],
    ['!!a', '(! (! a))'],
    ['a - b - c', '((a - b) - c)'],
    ['a ?? b ?? c', '((a ?? b) ?? c)'],
    ['a ? b : c ? d : e', '(a ? b : (c ? d : e))'],
    ['a || b ? c : d', '((a || b) ? c : d)'],
    ['(a || b) && c', '((a || b) && c)'],
    ['default(a, b)', '(a ?? b)'],
    ['a.includes(b)', 'contains(a, b)'],
    ['map(a, inner, inner.x + b)', 'map(a, inner => (inner.x + b))'],
  ])('%s is %s', (text, structure) => {
    const expression = parseExpression(text.replaceAll(/\b[a-e]\b/g, 'inputs.$&'));
    expect(structureOf(expression).replaceAll('inputs.', '')).toBe(structure);
  });
});

describe('parseExpression reads paths', () => {
  it.each([
    ['inputs.a.b', 'inputs.a.b'],
    ['inputs . a', 'inputs.a'],
    ['inputs.a[0]["x y"].1', 'inputs.a[0].x y[1]'],
    ['inputs.my-name', 'inputs.my-name'],
    ['inputs.a.007', 'inputs.a.007'],
    ['inputs.2fa', 'inputs.2fa'],
    ['inputs.größe', 'inputs.größe'],
    ['steps.a.output.id', 'steps.a.id'],
    ["steps['a'].output", 'steps.a'],
    ['steps.a["output"].output', 'steps.a.output'],
    ['steps.output', 'steps.output'],
    ['inputs.a.output', 'inputs.a.output'],
    ['inputs[steps.a.key]', 'inputs[(steps.a.key)]'],
    ['inputs.in.true.null', 'inputs.in.true.null'],
    ['inputs.includes', 'inputs.includes'],
    ['first(inputs.a).id', '<first(inputs.a)>.id'],
    ['(inputs.a).b', '<inputs.a>.b'],
  ])('%s is %s', (text, structure) => {
    expect(structureOf(parseExpression(text))).toBe(structure);
  });

  it('takes a minus between name characters as part of the name, and any other as an operator', () => {
    expect(structureOf(parseExpression('inputs.a-1'))).toBe('inputs.a-1');
    expect(structureOf(parseExpression('inputs.a -1'))).toBe('(inputs.a - 1)');
    expect(structureOf(parseExpression('inputs.a- 1'))).toBe('(inputs.a - 1)');
    expect(structureOf(parseExpression('3-1'))).toBe('(3 - 1)');
  });
});

describe('parseExpression keeps positions', () => {
  it('gives each node its offsets and its text', () => {
    const expression = parseExpression(' inputs.a + first( steps.b ) ');
    expect(expression).toMatchObject({ start: 1, end: 28, text: 'inputs.a + first( steps.b )' });
    expect(expression).toMatchObject({ left: { start: 1, end: 9 }, right: { start: 12, end: 28 } });
    expect(expression).toMatchObject({ right: { arguments: [{ text: 'steps.b', start: 19, end: 26 }] } });
  });

  it('counts the parentheses of an operand to what is made of it, not to the operand', () => {
    const expression = parseExpression('(inputs.a ?? 1) * 2');
    expect(expression).toMatchObject({ start: 0, text: '(inputs.a ?? 1) * 2' });
    expect(expression).toMatchObject({ left: { start: 1, text: 'inputs.a ?? 1' } });
    expect(parseExpression('(inputs.a).b').text).toBe('(inputs.a).b');
    expect(parseExpression('([1]).includes(1) ? 1 : 2').text).toBe('([1]).includes(1) ? 1 : 2');
  });

  it('names position, line and column of a mistake', () => {
    const error = errorOf('inputs.a &&\n  inptus.b');
    expect(error.code).toBe('EXPRESSION_INVALID');
    expect(error.options.context).toEqual({
      expression: 'inputs.a &&\n  inptus.b',
      position: 14,
      line: 2,
      column: 3,
      name: 'inptus',
    });
  });
});

describe('parseExpression refuses and advises', () => {
  it.each([
    ['', 0, 'Write a value'],
    ['  ', 2, 'Write a value'],
    ['input.a', 0, '"inputs"'],
    ['step.a', 0, '"steps"'],
    ['output.status', 0, 'Paths begin with inputs'],
    ['inputs.a == draft', 12, "'draft'"],
    ['lenght(inputs.a)', 0, '"length"'],
    ['length', 0, 'length(value)'],
    ['length()', 0, 'length(value)'],
    ['split(inputs.a)', 0, 'split(text, separator)'],
    ['coalesce()', 0, 'coalesce(values...)'],
    ['has(1)', 4, 'has('],
    ['has(inputs.a == 1)', 4, 'has('],
    ['inputs.a === 1', 9, '"=="'],
    ['inputs.a !== 1', 9, '"!="'],
    ['inputs.a = 1', 9, '"=="'],
    ['inputs.a & inputs.b', 9, '"&&"'],
    ['inputs.a | inputs.b', 9, '"||"'],
    ['inputs.a and inputs.b', 9, '"&&"'],
    ['inputs.a OR inputs.b', 9, '"||"'],
    ['not inputs.a', 0, '"!"'],
    ['inputs.a is 1', 9, '"=="'],
    ['inputs.a == None', 12, 'null'],
    ['inputs.a == undefined', 12, 'null'],
    ['inputs.a == True', 12, 'true'],
    ['inputs.a ** 2', 9, 'multiply'],
    ['inputs.a =~ "x"', 9, 'matches'],
    ['inputs.a.startsWith("x")', 9, 'starts_with(text, start)'],
    ['inputs.a.map(x => x)', 9, 'map(list, x, expression)'],
    ['inputs.a.frobnicate()', 9, '.includes(x)'],
    ['inputs.a.includes()', 9, ''],
    ['filter(inputs.a, x => x)', 19, 'filter(list, x, condition)'],
    ['filter(inputs.a, 1, true)', 17, 'filter(list, x, condition)'],
    ['filter(inputs.a, inputs, true)', 17, 'another name'],
    ['filter(inputs.a, x, x) && x', 26, 'quotes'],
    ['inputs.a[0', 10, '[0]'],
    ['inputs.', 7, 'brackets'],
    ['inputs.a?.b', 9, ''],
    ['(inputs.a', 9, ''],
    ['inputs.a)', 8, 'operator'],
    ['inputs.a inputs.b', 9, 'operator'],
    ['inputs.a +', 10, ''],
    ['inputs.a ? 1', 12, 'condition ? value : other'],
    ['[1 2]', 3, 'commas'],
    ['{a 1}', 3, 'An object is written'],
    ['{1: 2}', 1, ''],
    ['{a: 1, "a": 2}', 7, ''],
    ["'abc", 0, "'"],
    ["'It''s'", 4, 'operator'],
    ["'\\d'", 1, '\\\\d'],
    ['12abc', 0, 'quotes'],
    ['007', 0, ''],
    ['12345678901234567890', 0, 'quotes'],
    ['1e999', 0, 'quotes'],
    ['inputs.a § 1', 9, ''],
    ['${{ inputs.a }}', 0, 'one ${{'],
    ['steps', 0, 'steps.<id>'],
    ['keys(steps)', 5, 'steps.<id>'],
    ['steps[inputs.a].id', 5, 'steps.<id>'],
    ['secrets[inputs.a]', 7, 'secrets.<NAME>'],
    ['matches(inputs.a, "(")', 18, 'RE2'],
    ['matches(inputs.a, "(a)\\\\1")', 18, 'RE2'],
  ])('%s at position %d', (text, position, advice) => {
    const error = errorOf(text);
    expect(error.code).toBe('EXPRESSION_INVALID');
    expect(error.options.context).toMatchObject({ position });
    expect(error.suggestedAction).toContain(advice);
  });

  it('leaves to its callers which roots a place allows', () => {
    expect(parseExpression('secrets.A + item + index').kind).toBe('binary');
  });
});

describe('parseExpression is bounded', () => {
  const limits = { ...defaultExpressionLimits, maxLength: 150, maxDepth: 10 };

  it.each([
    ['a long expression', `'${'a'.repeat(150)}'`, 'expression.maxLength'],
    ['a long row of blanks', `${' '.repeat(151)}1`, 'expression.maxLength'],
    ['deep parentheses', '('.repeat(11), 'expression.maxDepth'],
    ['deep lists', '['.repeat(11), 'expression.maxDepth'],
    ['deep objects', '{a:'.repeat(11), 'expression.maxDepth'],
    ['deep calls', 'first('.repeat(11), 'expression.maxDepth'],
    ['deep indexes', 'inputs['.repeat(11), 'expression.maxDepth'],
    ['a long row of signs', `${'!'.repeat(11)}1`, 'expression.maxDepth'],
    ['a long chain of operators', '1+'.repeat(11) + '1', 'expression.maxDepth'],
    ['a long chain of choices', '1?1:'.repeat(11) + '1', 'expression.maxDepth'],
    ['a long chain of methods', `inputs${'.includes(1)'.repeat(10)}`, 'expression.maxDepth'],
  ])('%s', (_, text, limit) => {
    const error = errorOf(text, limits);
    expect(error.code).toBe('LIMIT_EXCEEDED');
    expect(error.options.context).toMatchObject({ limit });
  });

  it.each(['(', '[', '{a:', '!', '-', 'first(', '1+', '1?', 'inputs[', 'filter(inputs.a, x, '])(
    'never runs out of stack on a row of "%s"',
    (piece) => {
      const error = errorOf(piece.repeat(50_000), { ...defaultExpressionLimits, maxLength: 5_000_000 });
      expect(['LIMIT_EXCEEDED', 'EXPRESSION_INVALID']).toContain(error.code);
    },
  );
});

// --- internal ---

function errorOf(text: string, limits = defaultExpressionLimits): OattyError {
  try {
    parseExpression(text, limits);
  } catch (error) {
    return OattyError.from(error);
  }
  throw new Error(`"${text}" was accepted`);
}

/** The tree as text with every group in parentheses. */
function structureOf(node: Expression): string {
  switch (node.kind) {
    case 'literal':
      return JSON.stringify(node.value);
    case 'path':
      return node.root + node.segments.map(segmentText).join('');
    case 'local':
      return node.name + node.segments.map(segmentText).join('');
    case 'access':
      return `<${structureOf(node.target)}>${node.segments.map(segmentText).join('')}`;
    case 'unary':
      return `(${node.operator} ${structureOf(node.operand)})`;
    case 'logical':
    case 'binary':
      return `(${structureOf(node.left)} ${node.operator} ${structureOf(node.right)})`;
    case 'conditional': {
      const [condition, yes, no] = [node.condition, node.whenTrue, node.whenFalse].map(structureOf);
      return `(${condition} ? ${yes} : ${no})`;
    }
    case 'call':
      return `${node.name}(${node.arguments.map(structureOf).join(', ')})`;
    case 'each':
      return `${node.name}(${structureOf(node.list)}, ${node.variable} => ${structureOf(node.body)})`;
    case 'has':
      return `has(${structureOf(node.path)})`;
    case 'list':
    case 'object':
      return node.text;
  }
}

function segmentText(segment: Segment): string {
  if (segment.kind === 'dynamic') return `[(${structureOf(segment.expression)})]`;
  return typeof segment.key === 'number' ? `[${segment.key}]` : `.${segment.key}`;
}
