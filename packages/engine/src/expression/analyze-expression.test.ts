import { describe, expect, it } from 'vitest';
import { references } from './analyze-expression.ts';
import { parseExpression } from './parse-expression.ts';

describe('references', () => {
  it('lists every path with its segments, its text and where it is', () => {
    const [input, step] = references(parseExpression("inputs.a + steps.list.output.items[0]['x y']"));
    expect(input).toEqual({
      root: 'inputs',
      segments: ['a'],
      guarded: false,
      start: 0,
      end: 8,
      text: 'inputs.a',
    });
    expect(step).toMatchObject({
      root: 'steps',
      segments: ['list', 'items', 0, 'x y'],
      start: 11,
      text: "steps.list.output.items[0]['x y']",
    });
  });

  it.each([
    ['[inputs.a, {k: inputs.b}]', ['inputs.a', 'inputs.b']],
    ['inputs.a ? inputs.b : -inputs.c', ['inputs.a', 'inputs.b', 'inputs.c']],
    ['first(inputs.a).x[inputs.b]', ['inputs.a', 'inputs.b']],
    ['inputs.a[steps.b.key].c', ['inputs.a[steps.b.key].c', 'steps.b.key']],
    ['inputs.a == inputs.a', ['inputs.a', 'inputs.a']],
    ['secrets.A + item.x + index', ['secrets.A', 'item.x', 'index']],
    ['1 + length("steps.a")', []],
  ])('of %s are %j', (text, found) => {
    expect(references(parseExpression(text)).map((reference) => reference.text)).toEqual(found);
  });

  it('marks a segment that is only known later', () => {
    expect(references(parseExpression('inputs.a[index].b'))[0]?.segments).toEqual([
      'a',
      { dynamic: true },
      'b',
    ]);
  });

  it.each([
    ['inputs.a ?? inputs.b', [true, false]],
    ['inputs.a ?? inputs.b ?? inputs.c', [true, true, false]],
    ['default(upper(inputs.a), inputs.b)', [true, false]],
    ['has(inputs.a)', [true]],
    ['has(inputs.a[inputs.b])', [true, true]],
    ['coalesce(inputs.a, inputs.b)', [false, false]],
    ['inputs.a || inputs.b', [false, false]],
    ['(inputs.a ?? 1) + inputs.b', [true, false]],
  ])('of %s may be missing: %j', (text, guarded) => {
    expect(references(parseExpression(text)).map((reference) => reference.guarded)).toEqual(guarded);
  });

  it('leaves out the variables of filter and the like, which end with their call', () => {
    const found = references(parseExpression('map(inputs.a, x, x.id + map(item, y, x[y.k])[0])'));
    expect(found.map((reference) => reference.text)).toEqual(['inputs.a', 'item']);
  });

  it('takes a variable named item for the element it stands for', () => {
    expect(references(parseExpression('filter(inputs.a, item, item.ok)')).map(({ root }) => root)).toEqual([
      'inputs',
    ]);
  });
});
