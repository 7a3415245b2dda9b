import { describe, expect, it } from 'vitest';
import { padTo, toLine, toPrintable, widthOf } from './printable.ts';

describe('toPrintable', () => {
  it('keeps an API from moving the cursor or colouring the screen', () => {
    expect(toPrintable('a\u001B[2Jb\u0007\tc\n\u009Bd')).toBe('a�[2Jb�\tc\n�d');
  });

  it('takes the lines of a file from Windows for lines', () => {
    expect(toPrintable('a,b\r\n1,2\r\n\r3')).toBe('a,b\n1,2\n�3');
  });

  it('keeps a text from turning its line around', () => {
    expect(toPrintable('invoice\u202Efdp.exe')).toBe('invoice�fdp.exe');
  });
});

describe('toLine', () => {
  it('folds a text into one line', () => {
    expect(toLine(' two\n  words ', 80)).toBe('two words');
  });

  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['日本語テキスト', 7, '日本語…'],
    ['日本語テキスト', 8, '日本語…'],
    ['a👍🏽b', 2, 'a…'],
    ['abc', 0, '…'],
  ])('cuts %s at %d columns', (text, width, line) => {
    expect(toLine(text, width)).toBe(line);
  });
});

describe('widthOf', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['日本', 4],
    ['👍', 2],
    ['e\u0301', 1],
    ['é', 1],
  ])('%s takes %d columns', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });
});

it('padTo counts columns, not characters', () => {
  expect(padTo('日本', 6)).toBe('日本  ');
});
