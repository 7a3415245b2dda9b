import { describe, expect, it } from 'vitest';
import { isBigInteger, parseJson } from './json-text.ts';

describe('parseJson', () => {
  it.each([
    ['{"id":12345678901234567890}', { id: '12345678901234567890' }],
    ['[-9007199254740993, 9007199254740991]', ['-9007199254740993', 9_007_199_254_740_991]],
    ['9007199254740992', '9007199254740992'],
    ['{"a":[{"b": 100000000000000000000000000000000}]}', { a: [{ b: '100000000000000000000000000000000' }] }],
  ])('keeps the digits of large integers in %s', (text, value) => {
    expect(parseJson(` ${text} `)).toEqual(value);
  });

  it.each([
    '{"a":"12345678901234567890","b":": 12345678901234567890"}',
    '[1.2345678901234567890, 12345678901234567890e3, 0.1]',
    '{"price":1,"list":[true,null,"x"]}',
  ])('reads everything else as JavaScript does: %s', (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it('keeps a key named __proto__ an ordinary key', () => {
    const value = parseJson('{"__proto__":{"id":12345678901234567890}}');

    expect(Object.keys(value as object)).toEqual(['__proto__']);
  });

  it('refuses what is no JSON, large numbers or not', () => {
    expect(() => parseJson('{"a":12345678901234567890')).toThrow(SyntaxError);
    expect(() => parseJson('{a}')).toThrow(SyntaxError);
  });
});

describe('isBigInteger', () => {
  it.each(['9007199254740991', '0012345678901234567890', '1e30', '12345678901234567890.5', 'x', 12, null])(
    'is false for %s',
    (value) => {
      expect(isBigInteger(value)).toBe(false);
    },
  );
});
