import { describe, expect, it } from 'vitest';
import { captureIo } from '../../test/captured-io.ts';
import { styleOf } from './text-style.ts';

const terminal = captureIo({ terminal: { columns: 100, rows: 30 } }).stdout;
const isColored = (wishes: { noColor?: boolean; env?: Record<string, string> }) =>
  styleOf(terminal, { noColor: false, env: {}, ...wishes }).paint.red('x') !== 'x';

describe('styleOf', () => {
  it('knows the width of a terminal and uses colours there', () => {
    expect(styleOf(terminal, { noColor: false, env: {} })).toMatchObject({ isTerminal: true, width: 100 });
    expect(isColored({})).toBe(true);
  });

  it('leaves out colours when a person does not want them', () => {
    expect(isColored({ noColor: true })).toBe(false);
    expect(isColored({ env: { NO_COLOR: '1' } })).toBe(false);
    expect(isColored({ env: { NO_COLOR: '' } })).toBe(true);
    expect(isColored({ env: { TERM: 'dumb' } })).toBe(false);
  });

  it('is plain and without a width in a pipe', () => {
    const pipe = styleOf(captureIo().stdout, { noColor: false, env: {} });
    expect([pipe.isTerminal, pipe.width, pipe.paint.bold('x')]).toEqual([false, 0, 'x']);
  });
});
