import { describe, expect, it } from 'vitest';
import { captureIo } from '../../test/captured-io.ts';
import { LiveArea } from './live-area.ts';

const up = (lines: number) => `\r\u001B[${lines}A\u001B[J`;

function aLiveArea({ rows }: { readonly rows: number }) {
  const io = captureIo({ terminal: { columns: 80, rows } });
  return { area: new LiveArea(io.stderr), written: () => io.err() };
}

describe('LiveArea', () => {
  it('draws over what it drew before', () => {
    const { area, written } = aLiveArea({ rows: 24 });
    area.draw(['a', 'b']);
    area.draw(['c']);
    area.draw([]);
    area.draw([]);
    expect(written()).toBe(`a\nb\n${up(2)}c\n${up(1)}`);
  });

  it('puts lines that stay above itself', () => {
    const { area, written } = aLiveArea({ rows: 24 });
    area.draw(['a']);
    area.keep('done');
    area.draw(['b']);
    expect(written()).toBe(`a\n${up(1)}done\nb\n`);
  });

  it('is never taller than the screen', () => {
    const { area, written } = aLiveArea({ rows: 6 });
    area.draw(['1', '2', '3', '4', '5', '6', '7']);
    area.draw([]);
    expect(written()).toBe(`1\n2\n3\n… and 4 more\n${up(4)}`);
  });
});
