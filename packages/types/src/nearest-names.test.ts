import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, nearestNames } from './nearest-names.ts';

describe('nearestNames', () => {
  it('offers what is a third of the letters away, best first', () => {
    expect(nearestNames('ordres', ['order', 'orders', 'customers', 'orders2'])).toEqual([
      'orders',
      'order',
      'orders2',
    ]);
  });

  it('takes another case and other separators for the same name', () => {
    expect(nearestNames('ORDERS', ['orders'])).toEqual(['orders']);
    expect(nearestNames('page-size', ['page_size'])).toEqual(['page_size']);
  });

  it('offers a name that is the same but for case alone', () => {
    expect(nearestNames('5XX', ['4xx', '5xx'])).toEqual(['5xx']);
  });

  it('offers nothing for a name that is like none, or is too long to be one', () => {
    expect(nearestNames('zzz', ['orders'])).toEqual([]);
    expect(nearestNames('a'.repeat(101), ['a'.repeat(101)])).toEqual([]);
  });

  it('reads a bounded number of candidates', () => {
    const many = [...Array.from({ length: 1_000 }, (_, index) => `x${index}`), 'orders'];
    expect(nearestNames('orders', many)).toEqual([]);
  });
});

describe('didYouMean', () => {
  it('makes a question of the names', () => {
    expect(didYouMean('pth', ['path', 'pth2'])).toBe('Did you mean "path" or "pth2"?');
    expect(didYouMean('q', ['path'])).toBeUndefined();
  });
});

describe('editDistance', () => {
  it('counts a swap of neighbours as one edit', () => {
    expect(editDistance('slat', 'salt', 3)).toBe(1);
  });

  it('stops counting above the limit', () => {
    expect(editDistance('abc', 'xyz', 1)).toBe(2);
    expect(editDistance('', 'abcdef', 2)).toBe(3);
  });
});
