import { describe, expect, it } from 'vitest';
import { errorOfText, evaluateText } from '../../../test/evaluate-text.ts';

describe('functions on lists and objects', () => {
  it.each([
    ['length([])', 0],
    ['length({a: 1})', 1],
    ['length("añ😀")', 3],
    ['keys({b: 1, a: 2})', ['b', 'a']],
    ['values({b: 1, a: [2]})', [1, [2]]],
    ['first([])', null],
    ['first([null, 1])', null],
    ['last([1, 2])', 2],
    ['flatten([])', []],
    ['flatten([[1], [[2]], 3])', [1, [2], 3]],
    ['unique([1, "1", 1.0, true, null, null])', [1, '1', true, null]],
    ['unique([{a: 1, b: 2}, {b: 2, a: 1}, [1], [1]])', [{ a: 1, b: 2 }, [1]]],
    ['unique(["null", null, "[1]", [1]])', ['null', null, '[1]', [1]]],
    ['sort([])', []],
    ['sort([10, 9, 1])', [1, 9, 10]],
    ['sort(["b", "B", "a"])', ['B', 'a', 'b']],
    [
      'sort([{k: 2, n: 1}, {k: 1, n: 2}, {k: 2, n: 3}], "k")',
      [
        { k: 1, n: 2 },
        { k: 2, n: 1 },
        { k: 2, n: 3 },
      ],
    ],
    ['contains([1, [2]], [2])', true],
    ['contains({a: 1}, "a")', true],
    ['contains({a: 1}, "b")', false],
  ])('%s', (text, value) => {
    expect(evaluateText(text)).toEqual(value);
  });

  it.each([
    ['length(1)', 'argument "value" of length() must be a string, a list or an object, not a number'],
    ['length(null)', 'not null'],
    ['keys([1])', 'argument "object" of keys() must be an object, not a list'],
    ['values("a")', 'argument "object" of values() must be an object'],
    ['first({})', 'argument "list" of first() must be a list, not an object'],
    ['last(null)', 'argument "list" of last() must be a list, not null'],
    ['flatten("a")', 'argument "list" of flatten()'],
    ['unique(1)', 'argument "list" of unique()'],
    ['sort([1, "a"])', 'only two numbers or two strings have an order'],
    ['sort([null])', 'only two numbers or two strings have an order'],
    ['sort([{a: 1}])', 'only two numbers or two strings have an order'],
    ['sort([{a: 1}], "b")', 'argument "key" of sort()'],
    ['sort([1], "a")', 'argument "key" of sort()'],
    ['sort([1], 1)', 'argument "key" of sort() must be a string'],
    ['filter({}, x, x)', 'argument "list" of filter() must be a list, not an object'],
    ['map("a", x, x)', 'argument "list" of map() must be a list, not a string'],
    ['any(null, x, x)', 'argument "list" of any()'],
    ['all(1, x, x)', 'argument "list" of all()'],
    ['find(true, x, x)', 'argument "list" of find()'],
  ])('%s names function and argument', (text, problem) => {
    const error = errorOfText(text);
    expect(error.code).toBe('EXPRESSION_FAILED');
    expect(error.message).toContain(problem);
  });
});
