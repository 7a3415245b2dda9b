/** What a query has found out about each command of one catalog, by position. */
import type { BestPostings } from './best-postings.ts';
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

export class Tally {
  readonly size: number;
  readonly #index: SearchIndex;
  readonly #matched: Uint8Array;
  readonly #score: Float64Array;
  readonly #cover: Float64Array;
  readonly #nameShare: Uint16Array;
  readonly #summaryShare: Uint16Array;
  readonly #factor: Float64Array;

  constructor(index: SearchIndex) {
    const { size } = index;
    this.size = size;
    this.#index = index;
    this.#matched = new Uint8Array(size);
    this.#score = new Float64Array(size);
    this.#cover = new Float64Array(size);
    this.#nameShare = new Uint16Array(size);
    this.#summaryShare = new Uint16Array(size);
    this.#factor = new Float64Array(size).fill(1);
  }

  addConcept({ impact, shares }: BestPostings, { score, cover, decides }: ConceptValue): void {
    for (let at = 0; at < this.size; at += 1) {
      const strength = (impact[at] ?? 0) / 255;
      if (strength === 0) continue;
      const share = shares[at] ?? 0;
      if (decides) this.#matched[at] = 1;
      this.#score[at] = (this.#score[at] ?? 0) + score * strength;
      this.#cover[at] = (this.#cover[at] ?? 0) + cover * Math.min(1, strength * coverGain);
      this.#nameShare[at] = (this.#nameShare[at] ?? 0) + (share >> 4);
      this.#summaryShare[at] = (this.#summaryShare[at] ?? 0) + (share & 15);
    }
  }

  /** The query names this catalog: every command of it has that word. */
  addVendor(cover: number): void {
    for (let at = 0; at < this.size; at += 1) {
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

  isMatch(position: number): boolean {
    return this.#matched[position] === 1;
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
}

// --- internal ---

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
