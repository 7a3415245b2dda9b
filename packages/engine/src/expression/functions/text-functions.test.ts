import { OattyError } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { evaluateExpression } from '../evaluate-expression.ts';
import { parseExpression } from '../parse-expression.ts';

describe('functions on strings', () => {
  it.each([
    ['lower("ÄB")', 'äb'],
    ['upper("straße")', 'STRASSE'],
    ['trim("\\t a b \\n")', 'a b'],
    ['starts_with("abc", "")', true],
    ['starts_with("abc", "bc")', false],
    ['ends_with("abc", "bc")', true],
    ['replace("a.b.c", ".", "")', 'abc'],
    ['replace("aXa", "a", "$&")', '$&X$&'],
    ['replace("abc", "z", "y")', 'abc'],
    ['split("a,,b", ",")', ['a', '', 'b']],
    ['split("", ",")', ['']],
    ['split("añ😀", "")', ['a', 'ñ', '😀']],
    ['join([])', ''],
    ['join(["a"], "-")', 'a'],
    ['join(["a", 1, null, true, {k: [1]}], "|")', 'a|1||true|{"k":[1]}'],
    ['contains("abc", "bc")', true],
    ['contains("abc", "")', true],
  ])('%s', (text, value) => {
    expect(evaluate(text)).toEqual(value);
  });

  it.each([
    ['matches("ord_12", "^ord_[0-9]+$")', true],
    ['matches("xord_12", "^ord_")', false],
    ['matches("a\\nb", "a.b")', false],
    ['matches("ABC", "(?i)abc")', true],
    ['matches("größe", "^\\\\p{L}+$")', true],
  ])('%s finds a regular expression anywhere', (text, value) => {
    expect(evaluate(text)).toBe(value);
  });

  it('matches an evil pattern in linear time', () => {
    const inputs = { text: `${'a'.repeat(50_000)}!`, pattern: '^(a+)+$' };
    expect(evaluate('matches(inputs.text, inputs.pattern)', inputs)).toBe(false);
  });

  it('refuses a pattern that is not RE2, without showing it', () => {
    const error = errorOf('matches("a", inputs.pattern)', { pattern: '(hidden' });
    expect(error.code).toBe('EXPRESSION_FAILED');
    expect(error.message).toContain('argument "pattern" of matches()');
    expect(error.message).not.toContain('hidden');
  });

  it.each(['a'.repeat(2_001), 'a{1001}', 'a{1000}'.repeat(20), '('.repeat(1_500)])(
    'refuses a pattern without bounds',
    (pattern) => {
      expect(errorOf('matches("a", inputs.pattern)', { pattern }).code).toBe('EXPRESSION_FAILED');
    },
  );

  it.each([
    ['lower(1)', 'argument "text" of lower() must be a string, not a number'],
    ['upper(null)', 'argument "text" of upper() must be a string, not null'],
    ['trim([])', 'argument "text" of trim() must be a string, not a list'],
    ['starts_with("a", 1)', 'argument "start" of starts_with() must be a string, not a number'],
    ['ends_with(true, "a")', 'argument "text" of ends_with() must be a string, not a boolean'],
    ['matches({}, "a")', 'argument "text" of matches() must be a string, not an object'],
    ['replace("a", "", "b")', 'argument "search" of replace() must not be empty'],
    ['replace("a", "a", 1)', 'argument "replacement" of replace() must be a string, not a number'],
    ['split("a", null)', 'argument "separator" of split() must be a string, not null'],
    ['join("a", ",")', 'argument "list" of join() must be a list, not a string'],
    ['join(["a"], 1)', 'argument "separator" of join() must be a string, not a number'],
    ['contains(1, 1)', 'not a number'],
  ])('%s names function and argument', (text, problem) => {
    const error = errorOf(text);
    expect(error.code).toBe('EXPRESSION_FAILED');
    expect(error.message).toContain(problem);
  });
});

// --- internal ---

function evaluate(text: string, inputs: Readonly<Record<string, unknown>> = {}): unknown {
  return evaluateExpression(parseExpression(text), { inputs });
}

function errorOf(text: string, inputs: Readonly<Record<string, unknown>> = {}): OattyError {
  try {
    evaluate(text, inputs);
  } catch (error) {
    return OattyError.from(error);
  }
  throw new Error(`"${text}" has a value`);
}
