import { describe, expect, it } from 'vitest';
import { toTable } from './table.ts';

const lines = (text: string) => text.split('\n');

describe('toTable', () => {
  it('lines columns up and leaves no blanks at the end', () => {
    const rows = [
      ['1', 'One'],
      ['22', ''],
    ];
    expect(toTable(['ID', 'NAME'], rows, { width: 0 })).toBe('ID  NAME\n1   One\n22');
  });

  it('cuts the last column at the width of the terminal', () => {
    const table = toTable(['ID', 'TEXT'], [['1', 'a'.repeat(100)]], { width: 40 });
    expect(lines(table)[1]).toBe(`1   ${'a'.repeat(35)}…`);
  });

  it('takes from the widest column first, and never from those that stay whole', () => {
    const row = ['x'.repeat(20), 'b'.repeat(10), 'c'.repeat(60), 'd'.repeat(50)];
    const [, cells = ''] = lines(toTable(['A', 'B', 'C', 'D'], [row], { width: 80, whole: 1 }));
    expect(cells.length).toBeLessThanOrEqual(80);
    expect(cells.split('  ').map((cell) => cell.length)).toEqual([20, 10, 22, 22]);
  });

  it('shows every column even where there is no room', () => {
    const row = ['x'.repeat(30), 'y'.repeat(30)];
    expect(lines(toTable(['A', 'B'], [row], { width: 20 }))[1]).toBe(`${'x'.repeat(30)}  yyyyyyy…`);
  });

  it('counts the columns of a terminal, not characters', () => {
    const rows = [
      ['日本', '1'],
      ['ab', '2'],
    ];
    expect(lines(toTable(['ID', 'N'], rows, { width: 0 })).slice(1)).toEqual(['日本  1', 'ab    2']);
  });

  it('folds cells into lines and bounds them, in a pipe too', () => {
    const [, cells = ''] = lines(toTable(['A'], [[`a\nb${'c'.repeat(5_000)}`]], { width: 0 }));
    expect(cells.slice(0, 5)).toBe('a bcc');
    expect(cells).toHaveLength(1_000);
  });
});
