import { describe, expect, it } from 'vitest';
import { didYouMean, nearestNames } from './nearest-names.ts';

describe('nearestNames', () => {
  it.each([
    ['itmes', ['total', 'items', 'next'], ['items']],
    ['ID', ['id', 'kid'], ['id', 'kid']],
    ['colour', ['color', 'count'], ['color']],
    ['abc', ['xyz', 'abcdefgh'], []],
    ['order', ['orders', 'border', 'ordr', 'orderx'], ['orders', 'border', 'ordr']],
  ])('of "%s" in %j are %j', (name, candidates, nearest) => {
    expect(nearestNames(name, candidates)).toEqual(nearest);
  });

  it('looks at no more than a thousand candidates, and at no endless names', () => {
    const many = [...Array.from({ length: 1_000 }, () => 'zzzzzz'), 'items'];
    expect(nearestNames('items', many)).toEqual([]);
    expect(nearestNames('x'.repeat(101), ['x'.repeat(101)])).toEqual([]);
  });

  it('makes a question of them', () => {
    expect(didYouMean('order', ['orders', 'border'])).toBe('Did you mean "orders" or "border"?');
    expect(didYouMean('order', [])).toBeUndefined();
  });
});
