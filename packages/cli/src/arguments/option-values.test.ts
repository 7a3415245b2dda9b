import { describe, expect, it } from 'vitest';
import { collectPairs, parseCount, parsePair, parsePort } from './option-values.ts';

const refused = expect.objectContaining({ code: 'ARGUMENT_INVALID' }) as Error;

describe('parsePair', () => {
  it('splits at the first equals sign', () => {
    expect(parsePair('input', 'query=a=b')).toEqual(['query', 'a=b']);
    expect(parsePair('input', 'empty=')).toEqual(['empty', '']);
  });

  it.each(['novalue', '=x', ''])('refuses "%s"', (text) => {
    expect(() => parsePair('input', text)).toThrow(refused);
  });

  it('does not repeat a text that may be a secret', () => {
    expect(() => parsePair('set', 's3cret')).toThrow(
      expect.objectContaining({ message: '--set takes NAME=VALUE.' }),
    );
  });
});

describe('collectPairs', () => {
  it('makes a list of a name that is given again', () => {
    const pairs = [
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
    ] as const;
    expect(collectPairs(pairs)).toEqual({ a: ['1', '3'], b: '2' });
  });

  it('treats __proto__ as a name like any other', () => {
    const values = collectPairs([['__proto__', 'x']]);
    expect(Object.hasOwn(values, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
  });
});

describe('parseCount', () => {
  it('takes whole numbers from 1', () => {
    expect(parseCount('limit', '20')).toBe(20);
  });

  it.each(['0', '-1', '1.5', '1e3', 'ten', '', ' 1', '9007199254740993'])('refuses "%s"', (text) => {
    expect(() => parseCount('limit', text)).toThrow(refused);
  });
});

describe('parsePort', () => {
  it('takes every port, and 0 for a free one', () => {
    expect([parsePort('port', '0'), parsePort('port', '65535')]).toEqual([0, 65_535]);
  });

  it.each(['65536', '-1', 'http', '', '0x10'])('refuses "%s"', (text) => {
    expect(() => parsePort('port', text)).toThrow(refused);
  });
});
