/** What a query has found out about each command of one catalog, by position. */
import { BestPostings } from './best-postings.ts';
import type { Query } from './parse-query.ts';
import { forEachPosting } from './search-index.ts';
import type { SearchIndex } from './search-index.ts';

/** What one concept is worth. */
export interface ConceptValue {
  readonly score: number;
  /** Its part of the coverage; 0 for a concept that nobody misses. */
  readonly cover: number;
  /** Whether a command that has it matches. */
  readonly decides: boolean;
}

/** The tally of an index, with nothing in it yet. Its tables serve one query after the other. */
export function openTally(index: SearchIndex): Tally {
  const tally = tallies.get(index) ?? new Tally(index);
  tallies.set(index, tally);
  tally.clear();
  return tally;
}

export class Tally {
  readonly #index: SearchIndex;
  readonly #postings: BestPostings;
  readonly #isMatch: Uint8Array;
  readonly #score: Float64Array;
  readonly #cover: Float64Array;
  readonly #nameShare: Uint16Array;
  readonly #summaryShare: Uint16Array;
  readonly #factor: Float64Array;
  #matches: number[] = [];

  constructor(index: SearchIndex) {
    const { size } = index;
    this.#index = index;
    this.#postings = new BestPostings(index);
    this.#isMatch = new Uint8Array(size);
    this.#score = new Float64Array(size);
    this.#cover = new Float64Array(size);
    this.#nameShare = new Uint16Array(size);
    this.#summaryShare = new Uint16Array(size);
    this.#factor = new Float64Array(size);
  }

  /** Positions of the commands that match. */
  get matches(): readonly number[] {
    return this.#matches;
  }

  clear(): void {
    for (const table of [this.#isMatch, this.#score, this.#cover, this.#nameShare, this.#summaryShare])
      table.fill(0);
    this.#factor.fill(1);
    this.#matches = [];
  }

  /** Looks for a concept, which `addFound` then adds. @returns how many commands it names */
  find(terms: ReadonlyMap<string, number>): number {
    this.#postings.collect(terms);
    return this.#postings.named;
  }

  addFound({ score, cover, decides }: ConceptValue): void {
    this.#postings.forEach((at, impact, shares) => {
      const strength = impact / 255;
      if (decides) this.#match(at);
      this.#score[at] = (this.#score[at] ?? 0) + score * strength;
      this.#cover[at] = (this.#cover[at] ?? 0) + cover * Math.min(1, strength * coverGain);
      this.#nameShare[at] = (this.#nameShare[at] ?? 0) + (shares >> 4);
      this.#summaryShare[at] = (this.#summaryShare[at] ?? 0) + (shares & 15);
    });
  }

  /** The query names this catalog: every command of it has that word. */
  addVendor(cover: number): void {
    for (let at = 0; at < this.#index.size; at += 1) {
      this.#score[at] = (this.#score[at] ?? 0) + vendorScore;
      this.#cover[at] = (this.#cover[at] ?? 0) + cover;
    }
  }

  applyIntent(intent: Query['intent']): void {
    if (intent === 'read') this.#factor.fill(writeForRead);
    const forSafe = intent === 'write' ? readForWrite : 1;
    forEachPosting(this.#index, '=safe', (position) => {
      this.#factor[position] = forSafe;
    });
    forEachPosting(this.#index, '=deprecated', (position) => {
      this.#factor[position] = (this.#factor[position] ?? 1) * deprecatedFactor;
    });
  }

  /** @param wanted - the coverage of a command that has every concept */
  scoreAt(position: number, wanted: number): number {
    const cover = wanted > 0 ? (this.#cover[position] ?? 0) / wanted : 0;
    const name = Math.min(1, (this.#nameShare[position] ?? 0) / wholeShare);
    const summary = Math.min(1, (this.#summaryShare[position] ?? 0) / wholeShare) * summaryFactor;
    const fit = (uncovered + (1 - uncovered) * cover) * (unnamed + (1 - unnamed) * Math.max(name, summary));
    const score = (this.#score[position] ?? 0) * (this.#factor[position] ?? 1) * fit;
    return Math.round(score * 1000) / 1000;
  }

  #match(position: number): void {
    if (this.#isMatch[position] === 1) return;
    this.#isMatch[position] = 1;
    this.#matches.push(position);
  }
}

// --- internal ---

const tallies = new WeakMap<SearchIndex, Tally>();

const vendorScore = 2;
const coverGain = 1.6;
/** What is left of the score of a command that covers nothing of the query, or nothing of its own name. */
const uncovered = 0.3;
const unnamed = 0.4;
const summaryFactor = 0.9;
const readForWrite = 0.65;
const writeForRead = 0.75;
const deprecatedFactor = 0.8;
/** Shares are fifteenths. */
const wholeShare = 15;
