import { describe, expect, it } from 'vitest';
import type { WorkflowInput } from '@oatty/types';
import { acceptInput } from './accept-input.ts';

/** The accepted value, or the problems. */
function accept(input: WorkflowInput, value: unknown): unknown {
  const accepted = acceptInput(input, value);
  return accepted.ok ? accepted.value : accepted.problems.map(({ message }) => message);
}

describe('acceptInput by type', () => {
  it.each<[WorkflowInput['type'], unknown, unknown]>([
    ['string', 'x', 'x'],
    ['string', 42, '42'],
    ['string', true, 'true'],
    ['integer', 42, 42],
    ['integer', ' 42 ', 42],
    ['integer', '-7', -7],
    ['integer', '1e3', 1000],
    ['number', '1.5', 1.5],
    ['float', '.5', 0.5],
    ['double', 2, 2],
    ['boolean', 'TRUE', true],
    ['boolean', false, false],
    ['array', ['a'], ['a']],
    ['array', '["a", 1]', ['a', 1]],
    ['object', '{"a": 1}', { a: 1 }],
    ['date', '2028-02-29', '2028-02-29'],
    ['datetime', '2026-01-31T12:30:00Z', '2026-01-31T12:30:00Z'],
    ['datetime', '2026-01-31T12:30+02:00', '2026-01-31T12:30+02:00'],
    [null, { any: 'thing' }, { any: 'thing' }],
  ])('%s takes %j', (type, value, expected) => {
    expect(accept({ type }, value)).toEqual(expected);
  });

  it.each<[WorkflowInput['type'], unknown]>([
    ['string', ['x']],
    ['integer', '4.5'],
    ['integer', 4.5],
    ['integer', 'four'],
    ['integer', ''],
    ['integer', true],
    ['integer', '9007199254740993'],
    ['number', 'NaN'],
    ['number', '0x10'],
    ['boolean', 'yes'],
    ['boolean', 1],
    ['array', 'a,b'],
    ['array', '{}'],
    ['object', '[]'],
    ['object', 'null'],
    ['date', '2026-02-29'],
    ['date', '31.1.2026'],
    ['datetime', '2026-01-31'],
    ['datetime', '2026-01-31T25:00:00Z'],
  ])('%s refuses %j', (type, value) => {
    expect(acceptInput({ type }, value).ok).toBe(false);
  });
});

describe('acceptInput by rules', () => {
  it.each<[WorkflowInput, unknown]>([
    [{ enum: ['a', 'b'] }, 'c'],
    [{ validate: { enum: [1, 2] } }, 3],
    [{ type: 'integer', enum: [1, 2] }, '3'],
    [{ validate: { pattern: '^ord_' } }, 'order_1'],
    [{ validate: { min_length: 2 } }, 'x'],
    [{ validate: { max_length: 2 } }, 'xyz'],
    [{ validate: { pattern: 'x' } }, 7],
    [{ type: 'number', validate: { minimum: 1 } }, 0],
    [{ type: 'number', validate: { maximum: 1 } }, 1.5],
    [{ validate: { minimum: 1 } }, '5'],
    [{ validate: { required: true } }, ''],
  ])('%j refuses %j', (input, value) => {
    expect(acceptInput(input, value).ok).toBe(false);
  });

  it.each<[WorkflowInput, unknown, unknown]>([
    [{ enum: ['a', 'b'] }, 'b', 'b'],
    [{ type: 'integer', enum: [1, 2] }, '2', 2],
    [{ enum: [1, true, null] }, '1', 1],
    [{ enum: [1, '1'] }, '1', '1'],
    [{ validate: { pattern: 'b' } }, 'abc', 'abc'],
    [{ validate: { min_length: 1, max_length: 1 } }, '😀', '😀'],
    [{ validate: { required: true } }, 0, 0],
  ])('%j takes %j', (input, value, expected) => {
    expect(accept(input, value)).toEqual(expected);
  });

  it('reports every rule that is broken, never with the value', () => {
    const problems = accept({ validate: { pattern: '^a', max_length: 3, enum: ['a'] } }, 's3cret');
    expect(problems).toHaveLength(3);
    expect(JSON.stringify(problems)).not.toContain('s3cret');
  });
});

describe('acceptInput with several values', () => {
  const many: WorkflowInput = { mode: 'multiple' };

  it.each<[unknown, unknown]>([
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    ['a, b,c', ['a', 'b', 'c']],
    ['["a,b", "c"]', ['a,b', 'c']],
    ['', []],
    [7, [7]],
  ])('%j gives %j', (value, expected) => {
    expect(accept(many, value)).toEqual(expected);
  });

  it('applies type and rules to each of them', () => {
    expect(accept({ ...many, type: 'integer' }, '1,2')).toEqual([1, 2]);
    expect(accept({ ...many, type: 'integer', validate: { maximum: 1 } }, '1,2,x')).toEqual([
      'item 2 must be at most 1',
      'item 3 must be an integer, but the text is none',
    ]);
    expect(accept({ ...many, type: 'array', enum: ['a'] }, ['a'])).toEqual(['a']);
  });

  it('joins them when asked to', () => {
    expect(accept({ ...many, join: { separator: ', ' } }, ['a', 1])).toBe('a, 1');
    expect(accept({ ...many, join: { separator: ' OR ', wrap_each: '"' } }, 'a,b')).toBe('"a" OR "b"');
  });

  it('may insist on at least one', () => {
    expect(accept({ ...many, validate: { required: true } }, [])).toEqual(['must not be empty']);
  });
});
