import { describe, expect, it } from 'vitest';
import { OattyError } from '@oatty/types';
import { createRedactor } from './redact-secrets.ts';

describe('redaction', () => {
  const redactor = createRedactor(new Set(['p/w "1"', '1234']));

  it.each([
    ['a text', 'p/w "1"', '[secret]'],
    ['a part of a text', 'user:p/w "1"@host', 'user:[secret]@host'],
    ['a URL', 'https://x/?p=p%2Fw%20%221%22&q', 'https://x/?p=[secret]&q'],
    ['a form', 'p=p%2Fw+%221%22', 'p=[secret]'],
    ['JSON in a text', JSON.stringify({ p: 'p/w "1"' }), '{"p":"[secret]"}'],
    ['base64', `Basic ${btoa('p/w "1"')}`, 'Basic [secret]'],
    ['a name of a field', { 'p/w "1"': 1 }, { '[secret]': 1 }],
    ['a list', [['p/w "1"']], [['[secret]']]],
    ['a number', { pin: 1234, other: 12345 }, { pin: '[secret]', other: 12345 }],
  ])('reaches %s', (_, given, expected) => {
    expect(redactor.value(given)).toEqual(expected);
  });

  it('reaches headers', () => {
    const result = redactor.result({ status: 200, headers: { 'x-pin': '1234' }, body: null });
    expect(result.headers).toEqual({ 'x-pin': '[secret]' });
  });

  it('reaches every part of an error and drops its cause', () => {
    const error = redactor.error(
      new OattyError('HTTP_ERROR', 'no 1234', {
        suggestedAction: 'try 1234',
        context: { pin: 1234 },
        responsePayload: { pin: '1234' },
        violations: [{ path: '$', rule: 'type', message: '1234' }],
        cause: new Error('1234'),
      }),
    );
    expect(JSON.stringify(error.toPayload())).not.toContain('1234');
    expect(error.cause).toBeUndefined();
  });

  it('replaces the longer of two secrets first', () => {
    expect(createRedactor(new Set(['abc', 'abcdef'])).value('abcdef abc')).toBe('[secret] [secret]');
  });

  it('copies nothing without secrets', () => {
    const body = { a: [1] };
    expect(createRedactor().value(body)).toBe(body);
    expect(createRedactor(new Set([''])).value(body)).toBe(body);
  });

  it('keeps odd names as ordinary names', () => {
    const given = JSON.parse('{"__proto__": "1234"}');
    expect(JSON.stringify(redactor.value(given))).toBe('{"__proto__":"[secret]"}');
  });

  it('takes secrets in any script', () => {
    expect(createRedactor(new Set(['пароль😀'])).value('пароль😀!')).toBe('[secret]!');
    expect(createRedactor(new Set(['\ud83d'])).value('x')).toBe('x');
  });
});
