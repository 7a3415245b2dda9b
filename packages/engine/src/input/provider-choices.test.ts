import { describe, expect, it } from 'vitest';
import { maxChoices, toChoices } from './provider-choices.ts';

const orders = [
  { id: 'o1', name: 'First', customer: { id: 'c1' } },
  { id: 'o2', name: null, customer: { id: 'c1' } },
];

describe('toChoices', () => {
  it('takes the fields that select names', () => {
    const input = { select: { value_field: 'customer.id', display_field: 'id' } };
    expect(toChoices({ items: orders }, 'items', input)).toEqual([{ value: 'c1', label: 'o1' }]);
  });

  it('finds value and label by itself', () => {
    expect(toChoices(orders, '.', {})).toEqual([
      { value: 'o1', label: 'First' },
      { value: 'o2', label: 'o2' },
    ]);
    expect(toChoices(['a', 1], undefined, {})).toEqual([
      { value: 'a', label: 'a' },
      { value: 1, label: '1' },
    ]);
  });

  it('takes the field of the provider', () => {
    const provider = { id: 'shop orders:list', field: 'name' };
    expect(toChoices(orders, undefined, { provider })).toEqual([{ value: 'First', label: 'First' }]);
  });

  it('finds the only list of an answer', () => {
    expect(toChoices({ total: 2, results: orders }, undefined, {})).toHaveLength(2);
    expect(toChoices({ a: [], b: [] }, undefined, {})).toEqual([]);
    expect(toChoices('text', 'items', {})).toEqual([]);
  });

  it('tells values that repeat apart by the field that identifies them', () => {
    const select = { value_field: 'customer.id', display_field: 'customer.id', id_field: 'id' };
    expect(toChoices(orders, '.', { select })).toEqual([
      { value: 'c1', label: 'c1 (o1)' },
      { value: 'c1', label: 'c1 (o2)' },
    ]);
  });

  it('leaves out items without the value', () => {
    expect(toChoices([{ x: 1 }, null, { id: 'a' }], '.', {})).toEqual([{ value: 'a', label: 'a' }]);
  });

  it('offers a bounded number', () => {
    const many = Array.from({ length: maxChoices + 1 }, (_, index) => index);
    expect(toChoices(many, undefined, {})).toHaveLength(maxChoices);
  });
});
