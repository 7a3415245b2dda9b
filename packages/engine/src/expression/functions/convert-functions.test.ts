import { describe, expect, it } from 'vitest';
import { errorOfText, evaluateText } from '../../../test/evaluate-text.ts';

describe('conversions', () => {
  it.each([
    ['to_string(null)', ''],
    ['to_string(true)', 'true'],
    ['to_string(1e21)', '1e+21'],
    ['to_string(-0)', '0'],
    ['to_string("a")', 'a'],
    ['to_string({b: 1, a: [null]})', '{"b":1,"a":[null]}'],
    ['to_json(null)', 'null'],
    ['to_json("a\\n")', '"a\\n"'],
    ['from_json(" [1, {}] ")', [1, {}]],
    ['from_json(to_json({a: [1, "x", null]}))', { a: [1, 'x', null] }],
    ['to_number(3)', 3],
    ['to_number(" -1.5e2 ")', -150],
    ['coalesce(null, 0, 1)', 0],
    ['coalesce(null, null)', null],
    ['coalesce(false)', false],
  ])('%s', (text, value) => {
    expect(evaluateText(text)).toEqual(value);
  });

  it.each([
    ['to_number("")', 'argument "value" of to_number() is not a number'],
    ['to_number("0x10")', 'is not a number'],
    ['to_number("1_000")', 'is not a number'],
    ['to_number("Infinity")', 'is not a number'],
    ['to_number("1e999")', 'is not a number'],
    ['to_number("007")', 'is not a number'],
    ['to_number(true)', 'must be a string or a number, not a boolean'],
    ['to_number(null)', 'not null'],
    ['from_json("")', 'argument "text" of from_json() is not valid JSON'],
    ['from_json("{a: 1}")', 'is not valid JSON'],
    ['from_json({})', 'must be a string, not an object'],
  ])('%s names function and argument', (text, problem) => {
    const error = errorOfText(text);
    expect(error.code).toBe('EXPRESSION_FAILED');
    expect(error.message).toContain(problem);
  });

  it('keep names that objects have by themselves as plain keys', () => {
    const value = evaluateText('from_json("{\\"__proto__\\": {\\"admin\\": true}}")');
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect((value as { admin?: unknown }).admin).toBeUndefined();
  });

  it('read no JSON that is nested without end', () => {
    const text = `from_json(join(map(range(10000), x, "["), "") + join(map(range(10000), x, "]"), ""))`;
    expect(errorOfText(text).code).toBe('LIMIT_EXCEEDED');
  });
});
