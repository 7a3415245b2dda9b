import { describe, expect, it } from 'vitest';
import { findCycles, orderSteps } from './order-steps.ts';

/** `'a: c'` is a step `a` that waits for `c`. */
function items(...texts: readonly string[]) {
  return texts.map((text) => {
    const [id = '', after = ''] = text.split(':');
    return { id, after: after.split(' ').filter((name) => name !== '') };
  });
}

describe('orderSteps', () => {
  it.each([
    [['a', 'b', 'c'], 'a b c'],
    [['a: c', 'b', 'c'], 'b c a'],
    [['a: b', 'b: c', 'c', 'd'], 'c b a d'],
    [['d: b c', 'b: a', 'c: a', 'a'], 'a b c d'],
    [['a: unknown', 'b'], 'a b'],
    [['a: b', 'b: a', 'c: a', 'd'], 'd'],
  ])('%j run as %s', (texts, order) => {
    expect(
      orderSteps(items(...texts))
        .map(({ id }) => id)
        .join(' '),
    ).toBe(order);
  });
});

describe('findCycles', () => {
  it.each([
    [['a: b', 'b: c', 'c'], []],
    [['a: a'], [['a']]],
    [['a: c', 'b: a', 'c: b', 'd: a'], [['a', 'b', 'c']]],
    [
      ['a: b', 'b: a c', 'c: b d', 'd: d', 'e: unknown'],
      [['d'], ['a', 'b', 'c']],
    ],
    [
      ['a: b', 'b: a', 'c: d', 'd: c'],
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
  ])('%j have the cycles %j', (texts, cycles) => {
    expect(findCycles(items(...texts))).toEqual(cycles);
  });

  it('reads a chain of a thousand', () => {
    const chain = Array.from({ length: 1_000 }, (_, index) => `s${index}: s${index + 1}`);
    expect(findCycles(items(...chain))).toEqual([]);
    expect(findCycles(items(...chain, 's1000: s0'))).toHaveLength(1);
  });
});
