import { describe, expect, it } from 'vitest';
import { aContext, captureIo } from '../../test/captured-io.ts';
import type { GlobalFlags } from '../cli-command.ts';
import { showWarnings } from './show-warnings.ts';
import type { Warning } from './show-warnings.ts';

const show = (warnings: readonly Warning[], flags: Partial<GlobalFlags> = {}) => {
  const io = captureIo();
  showWarnings(aContext(io, flags), warnings);
  return io.err().trimEnd().split('\n');
};
const many = Array.from({ length: 13 }, (_, index) => `number ${index}`);

describe('showWarnings', () => {
  it('names the place where there is one', () => {
    expect(show(['odd', { path: '$.steps[0]', message: 'unused' }])).toEqual([
      'warning: odd',
      'warning: $.steps[0]: unused',
    ]);
  });

  it('stops after ten and says how many are left, unless more is wanted', () => {
    expect(show(many).slice(9)).toEqual(['warning: number 9', 'warning: 3 more; --verbose shows them all.']);
    expect(show(many, { verbose: true })).toHaveLength(13);
  });

  it.each([{ json: true }, { quiet: true }])('is silent with %j', (flags) => {
    expect(show(many, flags)).toEqual(['']);
  });
});
