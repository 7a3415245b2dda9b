import { describe, expect, it } from 'vitest';
import { KeptValues } from './kept-values.ts';

describe('KeptValues', () => {
  it('gives the value of a text again, frozen through', () => {
    const kept = new KeptValues(100);
    const value = kept.keep('a', { steps: [{ id: 'x' }] });
    expect(kept.get('a')?.value).toBe(value);
    expect(Object.isFrozen(value.steps[0])).toBe(true);
  });

  it('makes room by dropping what was asked for longest ago', () => {
    const kept = new KeptValues(6);
    kept.keep('aaa', 1);
    kept.keep('bbb', 2);
    kept.get('aaa');
    kept.keep('ccc', 3);
    expect([kept.get('aaa')?.value, kept.get('bbb'), kept.get('ccc')?.value]).toEqual([1, undefined, 3]);
  });

  it('keeps no text that is larger than all its room', () => {
    const kept = new KeptValues(3);
    kept.keep('aa', 1);
    kept.keep('bbbb', 2);
    expect([kept.get('aa')?.value, kept.get('bbbb')]).toEqual([1, undefined]);
  });

  it('keeps what a text without any value says', () => {
    const kept = new KeptValues(10);
    kept.keep('~', null);
    expect(kept.get('~')).toEqual({ value: null });
  });
});
