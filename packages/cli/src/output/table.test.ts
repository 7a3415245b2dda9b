import { describe, expect, it } from 'vitest';
import { toDurationText } from './duration-text.ts';
import { toLine, toPrintable } from './printable.ts';
import { toTable } from './table.ts';
import { toReadableValue } from './value.ts';

describe('toTable', () => {
  it('lines columns up and leaves no blanks at the end', () => {
    expect(
      toTable(
        ['ID', 'NAME'],
        [
          ['1', 'One'],
          ['22', ''],
        ],
        { width: 0 },
      ),
    ).toBe('ID  NAME\n1   One\n22');
  });

  it('cuts the last column at the width of the terminal', () => {
    const table = toTable(['ID', 'TEXT'], [['1', 'a'.repeat(100)]], { width: 40 });
    expect(table.split('\n')[1]).toBe(`1   ${'a'.repeat(35)}…`);
  });
});

describe('toPrintable', () => {
  it('keeps an API from moving the cursor or colouring the screen', () => {
    expect(toPrintable('a\u001B[2Jb\u0007\tc\n')).toBe('a�[2Jb�\tc\n');
  });

  it('folds a text into one line', () => {
    expect(toLine(' two\n  words ', 80)).toBe('two words');
  });
});

describe('toReadableValue', () => {
  it('shows a list of objects as a table of its plain fields', () => {
    const value = [
      { id: 'ord_1', total: 5, customer: { id: 'c' } },
      { id: 'ord_2', paid: true },
    ];
    expect(toReadableValue(value, 0)).toBe('ID     TOTAL  PAID\nord_1  5\nord_2         true');
  });

  it('shows text as it is, null as nothing and the rest as JSON', () => {
    expect(toReadableValue('hello', 0)).toBe('hello');
    expect(toReadableValue(null, 0)).toBe('');
    expect(toReadableValue({ a: [1] }, 0)).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(toReadableValue([], 0)).toBe('[]');
  });
});

describe('toDurationText', () => {
  it.each([
    [3.4, '3 ms'],
    [1_200, '1.2 s'],
    [12_000, '12 s'],
    [185_000, '3 min 5 s'],
    [7_800_000, '2 h 10 min'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(toDurationText(ms)).toBe(text);
  });
});
