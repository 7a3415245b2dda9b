import { expect, it } from 'vitest';
import { editDistance } from './edit-distance.ts';

it.each([
  ['order', 'order', 0],
  ['order', 'ordre', 1],
  ['order', 'oder', 1],
  ['order', 'orders', 1],
  ['order', 'border', 1],
  ['order', 'older', 1],
  ['order', 'odres', 2],
  ['', 'ab', 2],
])('from %j to %j it is %d', (first, second, distance) => {
  expect(editDistance(first, second, 3)).toBe(distance);
});

it('stops counting beyond the maximum', () => {
  expect(editDistance('order', 'customer', 2)).toBe(3);
  expect(editDistance('abcdefgh', 'hgfedcba', 2)).toBe(3);
});
