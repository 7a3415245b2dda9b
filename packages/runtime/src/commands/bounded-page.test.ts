import { fromPageCursor } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { toBoundedPage } from './bounded-page.ts';

describe('toBoundedPage', () => {
  it('ends where the limit is reached', () => {
    const page = toBoundedPage([item('a'), item('b'), item('c')], 2);
    expect(page.items.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(fromPageCursor(page.next_cursor)).toBe('b');
  });

  it('ends before it would be too large', () => {
    const page = toBoundedPage([item('a', 20_000), item('b', 20_000)], 10);
    expect(page.items.map(({ id }) => id)).toEqual(['a']);
    expect(fromPageCursor(page.next_cursor)).toBe('a');
  });

  it('has one item however large it is', () => {
    expect(toBoundedPage([item('a', 100_000), item('b')], 10).items).toHaveLength(1);
  });

  it('has no cursor at the end', () => {
    expect(toBoundedPage([item('a')], 1)).toEqual({ items: [item('a')] });
    expect(toBoundedPage([], 1)).toEqual({ items: [] });
  });
});

// --- internal ---

function item(id: string, chars = 1) {
  return { id, summary: 'x'.repeat(chars) };
}
