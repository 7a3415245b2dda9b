import { OattyError } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { renderPreview } from './render-preview.ts';
import type { Scope, StepValue } from './scope.ts';

const scope: Scope = {
  inputs: { id: 'o1', urgent: false, note: null },
  env: { STAGE: 'qa' },
  steps: new Map<string, StepValue>([
    ['done', { status: 'available', output: { id: 'd1' } }],
    ['later', { status: 'unavailable', reason: 'has not run' }],
  ]),
};

describe('renderPreview', () => {
  it('puts in what is known and lists what is not', () => {
    const value = {
      order: '${{ inputs.id }}',
      done: '${{ steps.done.id }}',
      lines: ['${{ steps.later.items[0].id }}', 'order ${{ inputs.id }}: ${{ steps.later.total }} CHF'],
    };
    expect(renderPreview(value, scope, '$.steps[1].with')).toEqual({
      value: {
        order: 'o1',
        done: 'd1',
        lines: ['${{ steps.later.items[0].id }}', 'order o1: ${{ steps.later.total }} CHF'],
      },
      unresolved: [
        { path: '$.steps[1].with.lines[0]', expression: 'steps.later.items[0].id' },
        { path: '$.steps[1].with.lines[1]', expression: 'steps.later.total' },
      ],
    });
  });

  it.each([
    '${{ steps.later.id ?? inputs.id }}',
    '${{ default(steps.later.id, 1) }}',
    '${{ has(steps.later.id) }}',
    '${{ upper(steps.later.id) }}',
    '${{ secrets.KEY }}',
    '${{ secrets.KEY ?? 1 }}',
    '${{ item.sku }}',
    '${{ run.id }}',
  ])('leaves %s for the run', (text) => {
    const expression = text.slice(4, -3);
    expect(renderPreview(text, scope)).toEqual({ value: text, unresolved: [{ path: '$', expression }] });
  });

  it.each([
    ['${{ inputs.urgent && steps.later.ok }}', false],
    ['${{ inputs.note ?? "none" }}', 'none'],
    ['${{ inputs.phone ?? "none" }}', 'none'],
    ['[${{ inputs.note }}]', '[]'],
    ['$${{ inputs.id }}', '${{ inputs.id }}'],
    ['plain', 'plain'],
  ])('knows %s already', (text, value) => {
    expect(renderPreview(text, scope)).toEqual({ value, unresolved: [] });
  });

  it.each([
    ['${{ inputs.phone }}', 'EXPRESSION_FAILED'],
    ['${{ steps.nowhere.id }}', 'EXPRESSION_FAILED'],
    ['${{ steps.done.x }}', 'EXPRESSION_FAILED'],
    ['${{ inputs.id', 'EXPRESSION_INVALID'],
  ])('reports the mistake in %s', (text, code) => {
    expect(() => renderPreview(text, scope)).toThrow(OattyError);
    expect(codeOf(text)).toBe(code);
  });
});

// --- internal ---

function codeOf(text: string): string | undefined {
  try {
    renderPreview(text, scope);
    return undefined;
  } catch (error) {
    return OattyError.from(error).code;
  }
}
