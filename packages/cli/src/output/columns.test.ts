import { describe, expect, it } from 'vitest';
import { toColumns, toSection, wrap } from './columns.ts';

describe('wrap', () => {
  it('breaks between words and leaves long ones whole', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('unbreakable yes', 5)).toEqual(['unbreakable', 'yes']);
    expect(wrap('', 5)).toEqual([]);
  });
});

describe('toColumns', () => {
  it('gives a name that is too long a line of its own', () => {
    const long = '--a-name-that-is-much-too-long VALUE';
    expect(
      toColumns([
        ['-a', 'Short.'],
        [long, 'Long.'],
      ]),
    ).toEqual(['  -a  Short.', `  ${long}`, '      Long.']);
  });

  it('hangs the following lines under the first', () => {
    const [, second = ''] = toColumns([['-a', 'word '.repeat(30)]]);
    expect(second.slice(0, 10)).toBe('      word');
  });
});

it('toSection is nothing without rows', () => {
  expect(toSection('Options:', [])).toEqual([]);
});
