/** Where a concept occurs in one index: of all its terms, each command takes the one that fits it best. */
import { forEachPosting } from './search-index.ts';
import type { SearchIndex } from './search-index.ts';

export interface BestPostings {
  /** By position: 0 where the concept is absent, else up to 255. */
  readonly impact: Float32Array;
  /** By position: shares of name (upper four bits) and summary (lower). */
  readonly shares: Uint8Array;
  /** How many commands the concept names. */
  readonly named: number;
}

/** @param terms - with how well they express the concept, 0 to 1 */
export function bestPostings(index: SearchIndex, terms: ReadonlyMap<string, number>): BestPostings {
  const impact = new Float32Array(index.size);
  const bestShares = new Uint8Array(index.size);
  const isNamed = new Uint8Array(index.size);
  let named = 0;
  for (const [term, weight] of terms) {
    forEachPosting(index, term, (position, termImpact, shares) => {
      if (isNamed[position] === 0 && isName(termImpact, shares)) {
        isNamed[position] = 1;
        named += 1;
      }
      if (weight * termImpact <= (impact[position] ?? 0)) return;
      impact[position] = weight * termImpact;
      bestShares[position] = shares;
    });
  }
  return { impact, shares: bestShares, named };
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
