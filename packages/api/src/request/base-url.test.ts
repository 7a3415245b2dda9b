import { describe, expect, it } from 'vitest';
import { isOwnUrl } from './base-url.ts';

describe('isOwnUrl', () => {
  const own = new Set(['https://api.shop.test', 'http://api.shop.test', 'https://eu.shop.test']);

  it.each([
    ['https://api.shop.test/a', 'https://api.shop.test/b', true],
    ['https://eu.shop.test/a', 'https://api.shop.test/b', true],
    ['https://shop.test/a', 'https://api.shop.test/b', false],
    ['https://api.shop.test:8443/a', 'https://api.shop.test/b', false],
    ['https://api.shop.test.evil.test/', 'https://api.shop.test/b', false],
  ])('says of %s, coming from %s: %s', (target, from, expected) => {
    expect(isOwnUrl(new URL(target), new URL(from), own)).toBe(expected);
  });

  it('lets the same host move from http to https, and never back', () => {
    const none = new Set<string>();
    expect(isOwnUrl(new URL('https://a.test/'), new URL('http://a.test/'), none)).toBe(true);
    expect(isOwnUrl(new URL('https://b.test/'), new URL('http://a.test/'), none)).toBe(false);
    expect(isOwnUrl(new URL('http://api.shop.test/'), new URL('https://api.shop.test/'), own)).toBe(false);
  });
});
