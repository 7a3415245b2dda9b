/**
 * An inverted index over the commands of one catalog, in the compact form that is kept on disk.
 *
 * Per term, a run of postings in command order: the position of the command (difference to the one before, as a
 * varint), the impact (1 to 255: saturated frequency), and the shares of name (upper four bits) and summary (lower).
 */
import type { Command } from '@oatty/types';
import { describeCommand, StemCache } from './describe-command.ts';
import type { TermWeight } from './describe-command.ts';

export interface SearchIndex {
  /** Number of commands. */
  readonly size: number;
  /** Sorted by code units. */
  readonly terms: readonly string[];
  /** Where the postings of each term begin; one more at the end. */
  readonly starts: Uint32Array;
  readonly postings: Uint8Array;
}

/** Commands must be in id order: positions break ties. */
export function buildSearchIndex(commands: readonly Command[]): SearchIndex {
  const byTerm = new Map<string, number[]>();
  const cache = new StemCache();
  for (const [position, command] of commands.entries()) {
    for (const [term, weight] of describeCommand(command, cache)) {
      const list = byTerm.get(term);
      if (list === undefined) byTerm.set(term, [position, toImpact(weight), toShares(weight)]);
      else list.push(position, toImpact(weight), toShares(weight));
    }
  }
  const sorted = [...byTerm].sort(([first], [second]) => (first < second ? -1 : 1));
  return {
    size: commands.length,
    terms: sorted.map(([term]) => term),
    ...pack(sorted.map(([, list]) => list)),
  };
}

/** Calls `visit` for each command that has the term: position, impact (1 to 255), shares (0 to 255). */
export function forEachPosting(
  { terms, postings, starts }: SearchIndex,
  term: string,
  visit: (position: number, impact: number, shares: number) => void,
): void {
  const row = lowerBound(terms, term);
  if (terms[row] !== term) return;
  const end = starts[row + 1] ?? 0;
  let at = starts[row] ?? end;
  let position = 0;
  while (at < end) {
    let byte = postings[at++] ?? 0;
    let delta = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = postings[at++] ?? 0;
      delta |= (byte & 127) << shift;
    }
    position += delta;
    visit(position, postings[at] ?? 0, postings[at + 1] ?? 0);
    at += 2;
  }
}

/** The first term that is not before `text`; `terms.length` when all are. */
export function lowerBound(terms: readonly string[], text: string): number {
  let low = 0;
  let high = terms.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((terms[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

// --- internal ---

/** Frequency that gives half of the highest impact (BM25's k1). */
const halfImpactFrequency = 1.2;

function toImpact({ frequency }: TermWeight): number {
  return Math.max(1, Math.round((255 * frequency) / (frequency + halfImpactFrequency)));
}

function toShares({ nameShare, summaryShare }: TermWeight): number {
  return (Math.round(nameShare * 15) << 4) | Math.round(summaryShare * 15);
}

function pack(lists: readonly (readonly number[])[]): Pick<SearchIndex, 'starts' | 'postings'> {
  const starts = new Uint32Array(lists.length + 1);
  const bytes: number[] = [];
  for (const [index, list] of lists.entries()) {
    starts[index] = bytes.length;
    for (let at = 0, previous = 0; at < list.length; at += 3) {
      const position = list[at] ?? 0;
      pushVarint(bytes, position - previous);
      bytes.push(list[at + 1] ?? 0, list[at + 2] ?? 0);
      previous = position;
    }
  }
  starts[lists.length] = bytes.length;
  return { starts, postings: Uint8Array.from(bytes) };
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value;
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  bytes.push(rest);
}
