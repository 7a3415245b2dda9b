import { OattyError } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { evaluateExpression } from './evaluate-expression.ts';
import { defaultExpressionLimits } from './expression-limits.ts';
import { parseExpression } from './parse-expression.ts';
import type { Scope, StepValue } from './scope.ts';

const steps = new Map<string, StepValue>([
  ['fetch', { status: 'available', output: { id: 'F1', items: [{ id: 'I0' }, { id: 'I1' }], none: null } }],
  ['empty', { status: 'available', output: null }],
  ['text', { status: 'available', output: 'plain' }],
  ['refund', { status: 'unavailable', reason: 'was skipped' }],
]);

const scope: Scope = {
  inputs: { count: 3, on: true, off: false, tags: ['a', 'b'], note: null, deep: { a: { b: 1 } } },
  steps,
  env: { STAGE: 'qa' },
};

describe('a missing value', () => {
  it.each([
    ['steps.fetch.itmes[0]', 12, ['id', 'items', 'none'], '"items"'],
    ['inputs.cuont', 7, ['count', 'on', 'off', 'tags', 'note', 'deep'], '"count"'],
    ['inputs.deep.a.c', 14, ['b'], '??'],
    ['steps.fecth.id', 6, ['fetch', 'empty', 'text', 'refund'], '"fetch"'],
    ['env.STAG', 4, ['STAGE'], '"STAGE"'],
  ])('%s names the nearest keys', (text, position, existingKeys, advice) => {
    const error = errorOf(text);
    expect(error.code).toBe('EXPRESSION_FAILED');
    expect(error.options.context).toEqual({ expression: text, position, existing_keys: existingKeys });
    expect(error.message).toContain(text);
    expect(error.suggestedAction).toContain(advice);
  });

  it.each([
    ['steps.fetch.items[2].id', 17, 'steps.fetch.items has 2 elements'],
    ['steps.fetch.items[-1]', 17, 'no [-1]'],
    ['steps.fetch.items[0.5]', 17, 'no [0.5]'],
    ['steps.fetch.items["0"]', 17, 'is a list'],
    ['inputs.tags.length', 12, 'length(list)'],
    ['steps.fetch.none.id', 17, 'steps.fetch.none is null'],
    ['inputs.count.x', 13, 'inputs.count is a number'],
    ['steps.text.length', 11, 'steps.text is a string'],
    ['steps.empty.id', 12, 'steps.empty is null'],
    ['steps.refund.id', 6, 'step "refund" was skipped'],
    ['steps.refund', 6, 'step "refund" was skipped'],
    ['first(inputs.tags).x', 19, 'first(inputs.tags) is a string'],
    ['item.id', 0, '"item" is not available here'],
    ['secrets.A', 0, '"secrets" is not available here'],
    ['map(inputs.tags, x, x.id)', 22, 'x is a string'],
  ])('%s says where it broke off', (text, position, problem) => {
    const error = errorOf(text);
    expect(error.code).toBe('EXPRESSION_FAILED');
    expect(error.options.context).toMatchObject({ position });
    expect(error.message).toContain(problem);
  });

  it('lists a dozen keys and no more', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`k${index}`, index]));
    const error = errorOf('inputs.x', { inputs: many });
    expect(error.options.context?.['existing_keys']).toHaveLength(13);
  });

  it.each([
    ['inputs.deep.x ?? 1', 1],
    ['inputs.deep.x.y.z ?? 1', 1],
    ['steps.refund.id ?? steps.fetch.none ?? "last"', 'last'],
    ['inputs.off ?? true', false],
    ['(inputs.count + inputs.deep.x) ?? 0', 0],
    ['inputs.tags[inputs.deep.x] ?? 0', 0],
    ['first(steps.refund.items).id ?? 0', 0],
    ['default(steps.refund, {}).id ?? 0', 0],
    ['map([1], x, x.id ?? inputs.count)', [3]],
    ['has(steps.refund)', false],
    ['has(steps.empty)', true],
    ['has(steps.empty.id)', false],
    ['has(inputs.tags[1])', true],
    ['has(inputs.tags[2])', false],
    ['has(inputs.tags[inputs.deep.x])', false],
    ['has(item)', false],
    ['has(find(steps.fetch.items, x, x.id == "I1").id)', true],
  ])('is allowed in %s', (text, value) => {
    expect(evaluate(text)).toEqual(value);
  });

  it.each([
    'inputs.deep.x == null',
    '!inputs.deep.x',
    'coalesce(steps.refund.id, 1)',
    'inputs.deep.x ?? inputs.deep.y',
    'inputs.deep.x || true',
  ])('is allowed nowhere else: %s fails', (text) => {
    expect(codeOf(text)).toBe('EXPRESSION_FAILED');
  });

  it.each(['("a" * 2) ?? 1', 'default(to_number("x"), 1)', 'has(inputs.tags[true])', 'range(1e9) ?? 1'])(
    'is the only thing that is allowed: %s fails',
    (text) => {
      expect(['EXPRESSION_FAILED', 'LIMIT_EXCEEDED']).toContain(codeOf(text));
    },
  );
});

describe('names that objects have by themselves', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    '"%s" is a name like any other',
    (name) => {
      expect(codeOf(`inputs.${name}`)).toBe('EXPRESSION_FAILED');
      expect(codeOf(`inputs.tags.${name}`)).toBe('EXPRESSION_FAILED');
      expect(codeOf(`steps.${name}`)).toBe('EXPRESSION_FAILED');
      expect(evaluate(`"${name}" in inputs`)).toBe(false);
      const given = JSON.parse(`{"${name}": 1}`) as Record<string, unknown>; // own property, also for __proto__
      expect(evaluate(`inputs.${name}`, { inputs: given })).toBe(1);
      expect(Object.keys(evaluate(`{${name}: 1}`) as object)).toEqual([name]);
    },
  );
});

describe('an operator evaluates no more than it needs', () => {
  it.each([
    ['true || inputs.x', true],
    ['false && inputs.x', false],
    ['inputs.count ?? inputs.x', 3],
    ['inputs.on ? 1 : inputs.x', 1],
    ['inputs.off ? inputs.x : 2', 2],
    ['any([1, 2], x, x == 1 || inputs.x)', true],
    ['all([2, 1], x, x == 1 && inputs.x)', false],
    ['find([1, 2], x, x == 1 || inputs.x)', 1],
  ])('%s', (text, value) => {
    expect(evaluate(text)).toBe(value);
  });

  it.each(['false || inputs.x', 'true && inputs.x', 'null ?? inputs.x', 'any([2], x, x == 1 || inputs.x)'])(
    'and no less: %s fails',
    (text) => {
      expect(codeOf(text)).toBe('EXPRESSION_FAILED');
    },
  );
});

describe('truth', () => {
  it.each([
    ['null', false],
    ['false', false],
    ['0', false],
    ['-0', false],
    ['""', false],
    ['[]', false],
    ['{}', false],
    ['true', true],
    ['-1', true],
    ['" "', true],
    ['"false"', true],
    ['"0"', true],
    ['[null]', true],
    ['{a: null}', true],
  ])('of %s is %s, and && and || give it as a boolean', (text, truth) => {
    expect(evaluate(`!!${text}`)).toBe(truth);
    expect(evaluate(`${text} && true`)).toBe(truth);
    expect(evaluate(`${text} || false`)).toBe(truth);
    expect(evaluate(`${text} ? 1 : 2`)).toBe(truth ? 1 : 2);
  });
});

describe('equality', () => {
  it.each([
    ['3 == 3.0', true],
    ['3 == 30e-1', true],
    ['0 == -0', true],
    ['3 == "3"', false],
    ['0 == false', false],
    ['null == false', false],
    ['"" == null', false],
    ['[] == {}', false],
    ['"1" != 1', true],
    ['[1, [2]] == [1, [2]]', true],
    ['[1, 2] == [2, 1]', false],
    ['[1] == [1, 2]', false],
    ['{a: 1, b: 2} == {b: 2, a: 1}', true],
    ['{a: 1} == {b: 1}', false],
    ['{a: null} == {}', false],
    ['[3.0] == [3]', true],
    ['{a: 1} in [{a: 1.0}]', true],
    ['[{a: [1]}].includes({a: [1]})', true],
    ['1 in ["1"]', false],
    ['null in [null]', true],
  ])('%s is %s', (text, value) => {
    expect(evaluate(text)).toBe(value);
  });
});

describe('order and arithmetic', () => {
  it.each([
    ['1 < 2', true],
    ['2 <= 2', true],
    ['"a" < "b"', true],
    ['"B" < "a"', true],
    ['"2026-01-02" < "2026-01-10"', true],
    ['"10" < "9"', true],
    ['0.1 + 0.2 > 0.3', true],
    ['-7 % 3', -1],
    ['7 / 2', 3.5],
    ['2 - -2', 4],
    ['"a" + "b" + "c"', 'abc'],
  ])('%s is %s', (text, value) => {
    expect(evaluate(text)).toBe(value);
  });

  it.each([
    '1 < "2"',
    'null < 1',
    'true > false',
    '[1] < [2]',
    '1 < 2 < 3',
    '"a" + 1',
    '1 + null',
    'true + true',
    '"a" - "b"',
    '[1] + [2]',
    '-"1"',
    '-null',
    '1 / 0',
    '1 % 0',
    '1e308 * 10',
    '1 in 2',
    '1 in "123"',
    '1 in {a: 1}',
    'null.includes(1)',
    'inputs.tags[true]',
    'inputs.tags[null]',
  ])('%s fails', (text) => {
    expect(codeOf(text)).toBe('EXPRESSION_FAILED');
  });

  it('names operator, types and position of what fails', () => {
    const error = errorOf('1 + (inputs.count + inputs.tags)');
    expect(error.message).toContain('inputs.count + inputs.tags: "+" takes two numbers or two strings');
    expect(error.message).toContain('not a number and a list');
    expect(error.options.context).toEqual({ expression: 'inputs.count + inputs.tags', position: 5 });
  });
});

describe('variables', () => {
  it.each([
    ['filter([1, 2, 3], x, x > 1)', [2, 3]],
    [
      'map([1, 2], x, map([3, 4], y, x * y))',
      [
        [3, 4],
        [6, 8],
      ],
    ],
    ['map([1, 2], x, map([3], x, x))', [[3], [3]]],
    ['map([{a: [7]}], x, x.a[0])', [7]],
    ['map([0, 1], x, inputs.tags[x])', ['a', 'b']],
    ['filter([{ok: true}], item, item.ok)', [{ ok: true }]],
    ['map([1], first, first + 1)', [2]],
    ['map(inputs.tags, t, t + to_string(inputs.count))', ['a3', 'b3']],
  ])('%s', (text, value) => {
    expect(evaluate(text)).toEqual(value);
  });
});

describe('roots', () => {
  it('give what the scope has, as a whole or by path', () => {
    const run = { id: 'r1', workflow: 'w', started_at: '2026-01-01T00:00:00.000Z' };
    const full: Scope = { ...scope, run, item: null, index: 0, secrets: new Map([['A', 's3cret']]) };
    expect(evaluate('[run.workflow, item, index, env.STAGE, secrets.A]', full)).toEqual([
      'w',
      null,
      0,
      'qa',
      's3cret',
    ]);
    expect(evaluate('keys(inputs)')).toEqual(['count', 'on', 'off', 'tags', 'note', 'deep']);
    expect(evaluate('run', full)).toEqual(run);
  });
});

describe('work is bounded', () => {
  it.each([
    ['range(1e12)', 'maxWork'],
    ['map(range(2000), x, length(map(range(1000), y, y)))', 'maxWork'],
    ['map(range(10), x, to_json(range(100000)))', 'maxWork'],
    ['flatten(map(range(20000), x, range(100)))', 'maxWork'],
    ['map(range(100), x, range(50000) == range(50000))', 'maxWork'],
    ['map(range(100000), x, matches("aaaaaaaaaaaaaaaaaaaa", "(a{20}){20}"))', 'maxWork'],
    ['join(map(range(70000), x, "0123456789abcdef"))', 'maxTextLength'],
    ['replace(join(map(range(500), x, "a"), ""), "a", join(map(range(3000), x, "b"), ""))', 'maxTextLength'],
  ])('in %s', (text, limit) => {
    const error = errorOf(text);
    expect(error.code).toBe('LIMIT_EXCEEDED');
    expect(error.options.context).toMatchObject({ limit: `expression.${limit}` });
  });

  it('as the caller says', () => {
    const limits = { ...defaultExpressionLimits, maxWork: 10, maxTextLength: 5 };
    const run = (text: string) => () => evaluateExpression(parseExpression(text), scope, limits);
    expect(run('[1, 2, 3, 4, 5, 6, 7, 8, 9]')()).toHaveLength(9);
    expect(run('[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]')).toThrow(OattyError);
    expect(run('"abc" + "de"')()).toBe('abcde');
    expect(run('"abc" + "def"')).toThrow(OattyError);
  });

  it('but a long text from elsewhere can be read', () => {
    const long = { inputs: { page: 'x'.repeat(defaultExpressionLimits.maxTextLength + 1) } };
    expect(evaluate('length(inputs.page)', long)).toBe(defaultExpressionLimits.maxTextLength + 1);
    expect(evaluate('"y" in inputs.page', long)).toBe(false);
    expect(evaluate('first(split(inputs.page, "y")) == inputs.page', long)).toBe(true);
    expect(codeOf('inputs.page + "x"', long)).toBe('LIMIT_EXCEEDED');
  });

  it('for values that are nested too deeply to be read', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    for (const text of ['inputs.deep == [1]', 'to_json(inputs.deep)', 'unique([inputs.deep])']) {
      expect(codeOf(text, { inputs: { deep } })).toBe('LIMIT_EXCEEDED');
    }
  });

  it('and one evaluation does not pay for another', () => {
    const expression = parseExpression('length(range(600000))');
    expect([1, 2, 3].map(() => evaluateExpression(expression, scope))).toEqual([600_000, 600_000, 600_000]);
  });
});

// --- internal ---

function evaluate(text: string, values: Scope = scope): unknown {
  return evaluateExpression(parseExpression(text), values);
}

function errorOf(text: string, values: Scope = scope): OattyError {
  try {
    evaluate(text, values);
  } catch (error) {
    return OattyError.from(error);
  }
  throw new Error(`"${text}" has a value`);
}

function codeOf(text: string, values: Scope = scope): string | undefined {
  try {
    evaluate(text, values);
    return undefined;
  } catch (error) {
    return OattyError.from(error).code;
  }
}
