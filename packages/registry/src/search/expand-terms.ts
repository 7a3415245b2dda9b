/**
 * The terms of the indexes that a concept means: its own, what begins with it, and what it was a typing error for.
 */
import { editDistance } from '@oatty/types';
import type { Concept } from './parse-query.ts';
import { lowerBound } from './search-index.ts';
import type { SearchIndex } from './search-index.ts';

/** Terms with how well they express the concept, 0 to 1. */
export function expandTerms(concept: Concept, indexes: readonly SearchIndex[]): ReadonlyMap<string, number> {
  if (concept.kind === 'hint') return concept.terms;
  const terms = new Map(concept.terms);
  const add = (term: string, weight: number) => {
    if (!terms.has(term)) terms.set(term, weight);
  };
  for (const term of longerTerms(concept.stem, indexes)) add(term, longerWeight);
  if (concept.kind === 'word' && !indexes.some((index) => hasTerm(index, concept.stem))) {
    for (const term of similarTerms(concept, indexes)) add(term, similarWeight);
  }
  return terms;
}

// --- internal ---

const longerWeight = 0.6;
const minStemForLonger = 5;
const maxExtraLetters = 4;

const similarWeight = 0.9;
const minWordForSimilar = 4;
const minWordForTwoEdits = 8;
const maxSimilar = 8;

function hasTerm({ terms }: SearchIndex, term: string): boolean {
  return terms[lowerBound(terms, term)] === term;
}

function longerTerms(stem: string, indexes: readonly SearchIndex[]): string[] {
  if (stem.length < minStemForLonger) return [];
  return indexes.flatMap(({ terms }) => {
    const found: string[] = [];
    for (let at = lowerBound(terms, stem); at < terms.length; at += 1) {
      const term = terms[at] ?? '';
      if (!term.startsWith(stem)) break;
      if (term.length - stem.length <= maxExtraLetters) found.push(term);
    }
    return found;
  });
}

/** The nearest terms that begin with the same letter. */
function similarTerms({ word, stem }: Concept, indexes: readonly SearchIndex[]): string[] {
  if (word.length < minWordForSimilar) return [];
  let best = word.length >= minWordForTwoEdits ? 2 : 1;
  let found = new Set<string>();
  for (const term of termsFrom(word.slice(0, 1), indexes)) {
    const distance = termDistance(word, stem, term, best);
    if (distance > best) continue;
    if (distance < best) found = new Set();
    best = distance;
    found.add(term);
  }
  return [...found].slice(0, maxSimilar);
}

/** Terms that begin with a letter, each once: many catalogs have most of them. */
function termsFrom(initial: string, indexes: readonly SearchIndex[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { terms } of indexes) {
    for (let at = lowerBound(terms, initial); terms[at]?.startsWith(initial) === true; at += 1)
      found.add(terms[at] ?? '');
  }
  return found;
}

/** Terms are stems, so what was typed is compared with the stem, and with the word that the stem may stand for. */
function termDistance(word: string, stem: string, term: string, max: number): number {
  return Math.min(
    editDistance(stem, term, max),
    editDistance(word, term, max),
    editDistance(word, `${term}e`, max),
  );
}
