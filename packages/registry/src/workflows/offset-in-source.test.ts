import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { offsetInSource } from './offset-in-source.ts';

describe('a place in a string', () => {
  it.each([
    ['plain', 'one <@>'],
    ['plain, over several lines', 'one\n  two\n\n  <@>\n  three'],
    ['single-quoted', "'it''s ''<@>'''"],
    ['double-quoted', String.raw`"a\tb\" é \\ <@>"`],
    ['double-quoted, with codes', String.raw`"\x41\u00e9\U0001F600\_\N\L\u0020<@>"`],
    ['double-quoted, over several lines', '"one\\\n   \\  two\n\n   three <@>"'],
    ['literal', '|\n  one\n    two <@>\n  three\n'],
    ['literal, indented by a number', '|2-\n    one\n  <@>'],
    ['folded', '>- # note\n  one\n  two\n\n  <@>\n   more\n'],
    ['of Windows lines', '|\r\n  one\r\n  <@>\r\n'],
  ])('that is %s is found where it was written', (_, source) => {
    const value = parse(source) as string;
    expect(offsetInSource(source, value, value.indexOf('@'))).toBe(source.indexOf('@'));
  });

  it('at its end is after its last character', () => {
    expect(offsetInSource('"a == "', 'a == ', 5)).toBe(5);
    expect(offsetInSource('>\n  a ==\n\n', 'a ==\n', 4)).toBe(8);
    expect(offsetInSource("'a'", 'a', 1)).toBe(2);
  });

  it('of white space alone is at its beginning', () => {
    expect(offsetInSource('"  "', '  ', 2)).toBe(1);
    expect(offsetInSource('""', '', 0)).toBe(1);
  });
});
