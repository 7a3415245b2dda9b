import { describe, expect, it } from 'vitest';
import { asksForHelp, readGlobalFlags, splitCall } from './global-flags.ts';

describe('readGlobalFlags', () => {
  it('reads them wherever they stand, up to --', () => {
    expect(readGlobalFlags(['run', 'x', '--json', '--no-color', '--', '--yes'])).toEqual({
      json: true,
      quiet: false,
      verbose: false,
      noColor: true,
      yes: false,
    });
  });
});

describe('asksForHelp', () => {
  it.each([
    [['run', '--help'], true],
    [['-h'], true],
    [['run', '--', '--help'], false],
    [['help'], false],
  ])('%j: %s', (args, expected) => {
    expect(asksForHelp(args)).toBe(expected);
  });
});

describe('splitCall', () => {
  it.each([
    [['workflow', 'list'], ['workflow', 'list'], []],
    [
      ['--json', 'workflow', '--quiet', 'list'],
      ['workflow', 'list'],
      ['--json', '--quiet'],
    ],
    [
      ['run', 'x', '--input', 'a=1', 'y'],
      ['run', 'x'],
      ['--input', 'a=1', 'y'],
    ],
    [
      ['run', '-', '--inputs', '-'],
      ['run', '-'],
      ['--inputs', '-'],
    ],
    [['--jsno', 'run'], [], ['--jsno', 'run']],
    [['run', '--', '--json'], ['run'], ['--', '--json']],
  ])('%j begins with %j', (args, words, rest) => {
    expect(splitCall(args)).toEqual({ words, rest });
  });
});
