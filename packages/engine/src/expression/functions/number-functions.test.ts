import { describe, expect, it } from 'vitest';
import { errorOfText, evaluateText } from '../../../test/evaluate-text.ts';

describe('functions on numbers', () => {
  it.each([
    ['sum([])', 0],
    ['sum([1, 2.5, -1])', 2.5],
    ['min([3, 1, 2])', 1],
    ['max([3, 1, 2])', 3],
    ['min(3, 1)', 1],
    ['max("a", "b")', 'b'],
    ['min([])', null],
    ['max([5])', 5],
    ['range(0)', []],
    ['range(-3)', []],
    ['range(2, 5)', [2, 3, 4]],
    ['range(5, 2)', []],
    ['range(-1, 1)', [-1, 0]],
  ])('%s', (text, value) => {
    expect(evaluateText(text)).toEqual(value);
  });

  it.each([
    ['sum([1, "2"])', 'argument "list" of sum() must hold numbers only'],
    ['sum([1e308, 1e308])', 'too large'],
    ['sum(1)', 'argument "list" of sum() must be a list'],
    ['min(1)', 'argument "values" of min() must be a list, not a number'],
    ['min(1, "a")', 'only two numbers or two strings'],
    ['max([null])', 'only two numbers or two strings'],
    ['max([{}, {}])', 'only two numbers or two strings'],
    ['range(1.5)', 'argument "start" of range() must be a whole number'],
    ['range(1, "2")', 'argument "end" of range() must be a number, not a string'],
  ])('%s names function and argument', (text, problem) => {
    const error = errorOfText(text);
    expect(error.code).toBe('EXPRESSION_FAILED');
    expect(error.message).toContain(problem);
  });
});
