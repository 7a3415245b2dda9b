import { describe, expect, it } from 'vitest';
import type { Step } from '@oatty/types';
import { stepDependencies } from './step-dependencies.ts';

function dependenciesOf(parts: Partial<Step>) {
  return stepDependencies({ id: 'own', run: 'shop orders:list', ...parts });
}

describe('stepDependencies', () => {
  it('depends_on gates', () => {
    expect(dependenciesOf({ depends_on: ['a', 'b', 'a'] })).toEqual({ gates: ['a', 'b'], orders: [] });
  });

  it.each<[string, Partial<Step>]>([
    ['with', { with: { list: ['${{ steps.a.id }}'] } }],
    ['body', { body: { x: 'is ${{ steps.a.id }}' } }],
    ['if', { if: 'steps.a.ok' }],
    ['when', { when: '${{ steps.a.ok }}' }],
    ['for_each', { for_each: '${{ steps.a.items }}' }],
    ['a literal for_each', { for_each: [1, '${{ steps.a.id }}'] }],
    ['until', { repeat: { until: 'steps.own.status == steps.a.status' } }],
    ['what may be missing', { if: 'has(steps.a.id) || (steps.a.n ?? 1) > 0' }],
  ])('a reference in %s only orders', (_, parts) => {
    expect(dependenciesOf(parts)).toEqual({ gates: [], orders: ['a'] });
  });

  it('a step that gates does not also order', () => {
    expect(dependenciesOf({ depends_on: ['a'], if: 'steps.a.ok' })).toEqual({ gates: ['a'], orders: [] });
  });

  it('text without a template is no reference', () => {
    expect(dependenciesOf({ with: { a: 'steps.a.id', b: '$${{ steps.b.id }}' } }).orders).toEqual([]);
  });
});
