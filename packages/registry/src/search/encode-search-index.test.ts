import { describe, expect, it } from 'vitest';
import { aCommand } from '../../test/builders/a-manifest.ts';
import { decodeSearchIndex, encodeSearchIndex } from './encode-search-index.ts';
import { buildSearchIndex, forEachPosting } from './search-index.ts';

/** More commands than one byte of a varint can count. */
const commands = Array.from({ length: 300 }, (_, number) =>
  aCommand(`shop thing${number === 299 ? ':last' : ''}`),
);
const index = buildSearchIndex(commands);

describe('a search index on disk', () => {
  it('comes back as it was written', () => {
    const decoded = decodeSearchIndex(encodeSearchIndex(index, 'abc'), 'abc');
    expect(decoded).toMatchObject({ size: 300, terms: index.terms, starts: index.starts });
    const positions: number[] = [];
    forEachPosting(decoded ?? index, 'last', (position) => positions.push(position));
    forEachPosting(decoded ?? index, 'absent', (position) => positions.push(position));
    expect(positions).toEqual([299]);
  });

  it('of an empty catalog comes back too', () => {
    const empty = buildSearchIndex([]);
    expect(decodeSearchIndex(encodeSearchIndex(empty, 'abc'), 'abc')).toMatchObject({ size: 0, terms: [] });
  });

  it.each([
    ['of another manifest', encodeSearchIndex(index, 'other')],
    [
      'of another format',
      encodeSearchIndex(index, 'abc').replace('"format_version":2', '"format_version":1'),
    ],
    ['that is broken', '{"format_version":2'],
    ['that is cut', encodeSearchIndex(index, 'abc').replace(/"postings":"[^"]{8}/, '"postings":"')],
    ['that is something else', 'null'],
  ])('is not used when it is one %s', (_, text) => {
    expect(decodeSearchIndex(text, 'abc')).toBeUndefined();
  });
});
