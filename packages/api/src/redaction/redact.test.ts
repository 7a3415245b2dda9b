import { describe, expect, it } from 'vitest';
import { createRedactor, redactText, redactValue } from './redact.ts';

describe('redactText', () => {
  it.each([
    ['as it is', 'a p+w/1 b', 'a [secret] b'],
    ['percent-encoded', 'a=p%2Bw%2F1', 'a=[secret]'],
    ['in base64', `x ${btoa('p+w/1')}`, 'x [secret]'],
    ['in base64 without padding', btoa('p+w/1').replace('=', ''), '[secret]'],
    ['twice', 'p+w/1p+w/1', '[secret][secret]'],
  ])('replaces a secret %s', (_, text, expected) => {
    expect(redactText(text, new Set(['p+w/1']))).toBe(expected);
  });

  it('replaces a secret that is encoded as forms do', () => {
    expect(redactText('q=a+b%21', new Set(['a b!']))).toBe('q=[secret]');
  });

  it('replaces a secret within JSON text', () => {
    expect(redactText(String.raw`{"k":"a\"b\nc"}`, new Set(['a"b\nc']))).toBe('{"k":"[secret]"}');
  });

  it('replaces the longer one of two secrets that overlap', () => {
    expect(redactText('abcdefgh', new Set(['abcd', 'abcdefgh']))).toBe('[secret]');
  });

  it('leaves secrets of fewer than four characters', () => {
    expect(redactText('abc', new Set(['abc', '']))).toBe('abc');
  });

  it('takes no secret for a pattern', () => {
    expect(redactText('axxd a.*d', new Set(['a.*d', '(((((']))).toBe('axxd [secret]');
  });
});

describe('redactValue', () => {
  it('replaces secrets in texts, keys and numbers at every level', () => {
    const value = { list: ['x hunter2', 123456, null, true], hunter2: { n: 7 } };
    expect(redactValue(value, new Set(['hunter2', '123456']))).toEqual({
      list: ['x [secret]', '[secret]', null, true],
      '[secret]': { n: 7 },
    });
  });

  it.each([
    ['as it is', '{"a":"x hunter2"}', { a: 'x [secret]' }],
    ['with an escape', String.raw`{"a":"\u0068unter2"}`, { a: '[secret]' }],
    ['with an exponent', '[1.2345678E7]', ['[secret]']],
    ['with more digits than a number keeps', '[12345677.99999999999999]', ['[secret]']],
    ['not at all', '{"a":"hunter","b":1}', { a: 'hunter', b: 1 }],
  ])('finds a secret that JSON spells %s', (_, json, expected) => {
    const redactor = createRedactor(['hunter2', '12345678']);
    expect(redactor.value(JSON.parse(json), json)).toEqual(expected);
  });

  it('is the same value when there are no secrets', () => {
    const value = { a: 1 };
    expect(redactValue(value, new Set())).toBe(value);
  });
});
