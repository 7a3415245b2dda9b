import { describe, expect, it } from 'vitest';
import { defaultLimits } from './limits.ts';
import { parseText } from './parse-text.ts';

function parse(text: string, limits = {}) {
  return parseText(text, 'api.yaml', { ...defaultLimits, ...limits });
}

describe('parseText', () => {
  it.each([
    ['JSON', '{"a": [1, true, null]}', { a: [1, true, null] }],
    ['JSON after a byte order mark', '\uFEFF{"a": 1}', { a: 1 }],
    ['YAML', 'a:\n  - 1\n  - yes\n', { a: [1, 'yes'] }],
    ['YAML in flow style', '{a: 1, b: [x, y]}', { a: 1, b: ['x', 'y'] }],
    [
      'YAML with merge keys',
      'base: &b {x: 1}\nuse:\n  <<: *b\n  y: 2',
      { base: { x: 1 }, use: { x: 1, y: 2 } },
    ],
    ['dates as text', 'day: 2026-01-31', { day: '2026-01-31' }],
  ])('reads %s', async (_, text, value) => {
    expect((await parse(text)).value).toEqual(value);
  });

  it('keeps a key named __proto__ as an ordinary key', async () => {
    const { value } = await parse('__proto__:\n  polluted: true\n');

    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it('takes the last of two equal keys and says so', async () => {
    expect(await parse('a: 1\nb: 2\na: 3\n')).toEqual({
      value: { a: 3, b: 2 },
      warnings: ['Line 3 repeats a key; the last one is used.'],
    });
  });

  it.each([
    ['a web page', '<!DOCTYPE html><html><body>', 'a web page (HTML)'],
    ['XML', '<?xml version="1.0"?><definitions/>', 'an XML document'],
    ['plain text', 'just words', 'plain text'],
    ['broken JSON', '{\n  "a": 1,\n  "b" 2\n}', 'not valid JSON (line 3, column 7)'],
    ['JSON that is cut off', '{"a": [1, 2', 'not valid JSON'],
    ['broken YAML', 'a: 1\n\tb: 2', 'not valid YAML'],
    ['several YAML documents', 'a: 1\n---\nb: 2', 'not valid YAML'],
    ['nothing', '', 'not valid YAML'],
  ])('refuses %s and says what it is', async (_, text, message) => {
    await expect(parse(text)).rejects.toMatchObject({
      code: 'OPENAPI_SOURCE_PARSE_FAILED',
      message: expect.stringContaining(message),
    });
  });

  it('never repeats the text of a file in a message', async () => {
    const failure = await parse('{"password": hunter2}, "more"').catch((error: unknown) => error);

    expect(String(failure)).not.toContain('hunter2');
  });

  it('limits the number of YAML aliases', async () => {
    const text = `a: &a x\nb: [${'*a, '.repeat(4)}]`;

    await expect(parse(text, { maxAliases: 3 })).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('limits the nesting of YAML', async () => {
    const text = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;

    await expect(parse(`a: ${text}`)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });
});
