/**
 * Where a concept occurs in one index: of all its terms, each command takes the one that fits it best.
 *
 * The same tables serve one concept after the other: to make new ones takes longer than to fill them.
 */
import { forEachPosting } from './search-index.ts';
import type { SearchIndex } from './search-index.ts';

export class BestPostings {
  readonly #index: SearchIndex;
  /** By position: 0 where the concept is absent, else up to 255. */
  readonly #impact: Float32Array;
  /** By position: shares of name (upper four bits) and summary (lower). */
  readonly #shares: Uint8Array;
  readonly #isNamed: Uint8Array;
  /** Where the concept is. */
  #positions: number[] = [];
  #named = 0;

  constructor(index: SearchIndex) {
    this.#index = index;
    this.#impact = new Float32Array(index.size);
    this.#shares = new Uint8Array(index.size);
    this.#isNamed = new Uint8Array(index.size);
  }

  /** How many commands the concept names. */
  get named(): number {
    return this.#named;
  }

  /** @param terms - with how well they express the concept: more than 0, up to 1 */
  collect(terms: ReadonlyMap<string, number>): void {
    this.#clear();
    for (const [term, weight] of terms) {
      forEachPosting(this.#index, term, (position, termImpact, shares) => {
        const impact = this.#impact[position] ?? 0;
        if (impact === 0) this.#positions.push(position);
        if (this.#isNamed[position] === 0 && isName(termImpact, shares)) {
          this.#isNamed[position] = 1;
          this.#named += 1;
        }
        if (weight * termImpact <= impact) return;
        this.#impact[position] = weight * termImpact;
        this.#shares[position] = shares;
      });
    }
  }

  forEach(visit: (position: number, impact: number, shares: number) => void): void {
    for (const position of this.#positions)
      visit(position, this.#impact[position] ?? 0, this.#shares[position] ?? 0);
  }

  #clear(): void {
    for (const position of this.#positions) {
      this.#impact[position] = 0;
      this.#isNamed[position] = 0;
    }
    this.#positions = [];
    this.#named = 0;
  }
}

/** How many commands one term names. */
export function countNamed(index: SearchIndex, term: string): number {
  let named = 0;
  forEachPosting(index, term, (_, impact, shares) => {
    if (isName(impact, shares)) named += 1;
  });
  return named;
}

// --- internal ---

/** From this impact on a command is about a term, and does not merely mention it. */
const namedImpact = 140;

function isName(impact: number, shares: number): boolean {
  return shares > 0 || impact > namedImpact;
}
