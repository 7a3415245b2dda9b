import { describe, expect, it } from 'vitest';
import { BoundedCache } from './bounded-cache.ts';

describe('BoundedCache', () => {
  it('makes a value once', () => {
    const { get, made } = aCache(2);
    expect([get('a'), get('a'), get('a')]).toEqual(['A', 'A', 'A']);
    expect(made).toEqual(['a']);
  });

  it('gives up the value that was asked for longest ago', () => {
    const { get, made } = aCache(2);
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) get(key);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('keeps nothing when making fails', () => {
    const cache = new BoundedCache<string>(2);
    expect(() => cache.getOrCreate('a', fail)).toThrow(RangeError);
    expect(cache.getOrCreate('a', () => 'second')).toBe('second');
  });
});

// --- internal ---

function fail(): string {
  throw new RangeError('no value');
}

function aCache(maxEntries: number) {
  const cache = new BoundedCache<string>(maxEntries);
  const made: string[] = [];
  const create = (key: string): string => {
    made.push(key);
    return key.toUpperCase();
  };
  return { made, get: (key: string) => cache.getOrCreate(key, create) };
}
