import { describe, expect, it } from 'vitest';
import { splitLine } from './split-line.ts';

describe('splitLine', () => {
  it.each([
    ['oatty', ['oatty']],
    ['oatty ', ['oatty', '']],
    ['oatty  run   a', ['oatty', 'run', 'a']],
    ['oatty run "a b" c', ['oatty', 'run', 'a b', 'c']],
    ["oatty run 'a b", ['oatty', 'run', 'a b']],
    ['oatty run a\\ b', ['oatty', 'run', 'a b']],
    [`oatty run 'a\\'`, ['oatty', 'run', 'a\\']],
    ['', ['']],
  ])('%s', (line, words) => {
    expect(splitLine(line)).toEqual(words);
  });
});
