import { expect, it } from 'vitest';
import { nearestIds } from './nearest-ids.ts';

it('gives the nearest first and ties in order', () => {
  expect(nearestIds('fulfil', ['fulfill', 'refund', 'fulfl', 'fulfil_b', 'fullfil'], 3)).toEqual([
    'fulfill',
    'fulfl',
    'fullfil',
  ]);
});

it('gives nothing that is quite another word', () => {
  expect(nearestIds('fulfil', ['refund', 'x', ''], 3)).toEqual([]);
});
