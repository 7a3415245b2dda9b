import { describe, expect, it } from 'vitest';
import { isRecord, memberOf } from './record.ts';

describe('isRecord', () => {
  it('takes an object and neither null nor a list', () => {
    expect([{}, { a: 1 }, Object.create(null)].map(isRecord)).toEqual([true, true, true]);
    expect([null, undefined, [], 'a', 1].some(isRecord)).toBe(false);
  });
});

describe('memberOf', () => {
  it('gives what the object itself has, and nothing of others', () => {
    expect(memberOf({ a: 1 }, 'a')).toBe(1);
    for (const value of [{}, [1], null, 'text']) expect(memberOf(value, 'length')).toBeUndefined();
    expect(memberOf({}, 'toString')).toBeUndefined();
    expect(memberOf(JSON.parse('{"__proto__": 1}'), '__proto__')).toBe(1);
  });
});
