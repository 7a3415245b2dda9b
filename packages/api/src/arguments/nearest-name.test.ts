import { describe, expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';

describe('nearestName', () => {
  const names = ['customer_id', 'limit', 'starting_after'];

  it.each([
    ['customerId', 'customer_id'],
    ['customer', 'customer_id'],
    ['custmer_id', 'customer_id'],
    ['limt', 'limit'],
    ['startingafter', 'starting_after'],
    ['order', undefined],
    ['', undefined],
  ])('takes %j for %j', (name, expected) => {
    expect(nearestName(name, names)).toBe(expected);
  });

  it('offers nothing when there is nothing to offer', () => {
    expect(nearestName('limit', [])).toBeUndefined();
  });
});
