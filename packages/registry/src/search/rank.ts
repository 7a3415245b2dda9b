/**
 * Query × indexes → the best commands.
 *
 * R1. A concept counts by its rarity among the commands that it names (not those that merely mention it).
 * R2. A command is worth more the more of the query it covers, and the more of its own name the query covers.
 * R3. A command that only reads is a poor answer to a request for a change, and the other way round.
 * R4. Naming a vendor or a title prefers that catalog.
 * R5. A command matches when it has one of the query's words; a query without nouns matches by action or person.
 */
import { expandTerms } from './expand-terms.ts';
import type { Concept, Query } from './parse-query.ts';
import { forEachPosting } from './search-index.ts';
import type { SearchIndex } from './search-index.ts';
import { toStem, toWords } from './words.ts';

export interface SearchedCatalog {
  readonly vendor: string;
  readonly title: string;
  readonly index: SearchIndex;
  /** Id of the command at a position. */
  idAt(position: number): string;
}

export interface Hit {
  readonly catalog: SearchedCatalog;
  readonly position: number;
  readonly id: string;
  readonly score: number;
}

export interface RankOptions {
  readonly limit: number;
  /** The command with this id comes first. */
  readonly exactId: string;
}

export function rank(
  query: Query,
  catalogs: readonly SearchedCatalog[],
  options: RankOptions,
): { hits: Hit[]; total: number } {
  const tallies = catalogs.map((catalog) => createTally(catalog));
  const commands = tallies.reduce((sum, tally) => sum + tally.size, 0);
  const hasWord = query.concepts.some((concept) => concept.kind === 'word');
  let wanted = 0;
  for (const concept of query.concepts) {
    wanted += addConcept(concept, tallies, {
      commands,
      decides: hasWord ? concept.kind === 'word' : concept.wanted,
    });
  }
  for (const tally of tallies) applyFacts(tally, query);
  return selectBest(tallies, wanted, options);
}

// --- internal ---

const actionRarity = 2;
const hintRarity = 1.5;
const maxRarity = 5;
const vendorScore = 2;
/** From this impact on a term is named, not merely mentioned. */
const namedImpact = 140;
const coverGain = 1.6;
const uncovered = 0.3;
const unnamed = 0.4;
const summaryFactor = 0.9;
const readForWrite = 0.65;
const writeForRead = 0.75;
const deprecatedFactor = 0.8;
const exactScore = 100;
const shareScale = 15;

/** What is known of each command of one catalog, by position. */
interface Tally {
  readonly catalog: SearchedCatalog;
  readonly size: number;
  readonly ownWords: ReadonlySet<string>;
  readonly matched: Uint8Array;
  readonly score: Float64Array;
  readonly cover: Float64Array;
  readonly nameShare: Uint16Array;
  readonly summaryShare: Uint16Array;
  readonly factor: Float64Array;
}

function createTally(catalog: SearchedCatalog): Tally {
  const { size } = catalog.index;
  return {
    catalog,
    size,
    ownWords: new Set(toWords(`${catalog.vendor} ${catalog.title}`).map(toStem)),
    matched: new Uint8Array(size),
    score: new Float64Array(size),
    cover: new Float64Array(size),
    nameShare: new Uint16Array(size),
    summaryShare: new Uint16Array(size),
    factor: new Float64Array(size).fill(1),
  };
}

/** @returns how much the concept counts for a command's coverage of the query */
function addConcept(
  concept: Concept,
  tallies: readonly Tally[],
  { commands, decides }: { commands: number; decides: boolean },
): number {
  const terms = expandTerms(
    concept,
    tallies.map((tally) => tally.catalog.index),
  );
  const found = tallies.map((tally) => bestPostings(tally.catalog.index, terms));
  const named = found.reduce((sum, { named }) => sum + named, 0);
  const value = concept.weight * rarityOf(concept, named, commands);
  const wanted = concept.wanted ? value : 0;
  for (const [at, tally] of tallies.entries()) {
    const postings = found[at];
    if (postings !== undefined) addPostings(tally, postings, { value, wanted, decides });
    if (concept.kind === 'word' && tally.ownWords.has(concept.stem)) addVendor(tally, wanted);
  }
  return wanted;
}

function rarityOf(concept: Concept, named: number, commands: number): number {
  if (concept.kind === 'action') return actionRarity;
  if (concept.kind === 'hint') return hintRarity;
  return Math.min(maxRarity, Math.log(1 + (commands - named + 0.5) / (named + 0.5)));
}

interface BestPostings {
  /** 0 where the concept is absent, else up to 255. */
  readonly impact: Float32Array;
  readonly shares: Uint8Array;
  /** Number of commands that the concept names. */
  readonly named: number;
}

/** Of all terms of a concept, each command takes the one that fits it best. */
function bestPostings(index: SearchIndex, terms: ReadonlyMap<string, number>): BestPostings {
  const impact = new Float32Array(index.size);
  const best = new Uint8Array(index.size);
  const isNamed = new Uint8Array(index.size);
  let named = 0;
  for (const [term, weight] of terms) {
    forEachPosting(index, term, (position, termImpact, shares) => {
      if (isNamed[position] === 0 && (shares > 0 || termImpact > namedImpact)) {
        isNamed[position] = 1;
        named += 1;
      }
      if (weight * termImpact <= (impact[position] ?? 0)) return;
      impact[position] = weight * termImpact;
      best[position] = shares;
    });
  }
  return { impact, shares: best, named };
}

function addPostings(
  tally: Tally,
  { impact, shares }: BestPostings,
  { value, wanted, decides }: { value: number; wanted: number; decides: boolean },
): void {
  for (let at = 0; at < tally.size; at += 1) {
    const strength = (impact[at] ?? 0) / 255;
    if (strength === 0) continue;
    const share = shares[at] ?? 0;
    if (decides) tally.matched[at] = 1;
    tally.score[at] = (tally.score[at] ?? 0) + value * strength;
    tally.cover[at] = (tally.cover[at] ?? 0) + wanted * Math.min(1, strength * coverGain);
    tally.nameShare[at] = (tally.nameShare[at] ?? 0) + (share >> 4);
    tally.summaryShare[at] = (tally.summaryShare[at] ?? 0) + (share & 15);
  }
}

function addVendor(tally: Tally, wanted: number): void {
  for (let at = 0; at < tally.size; at += 1) {
    tally.score[at] = (tally.score[at] ?? 0) + vendorScore;
    tally.cover[at] = (tally.cover[at] ?? 0) + wanted;
  }
}

function applyFacts({ catalog: { index }, factor }: Tally, { intent }: Query): void {
  if (intent === 'read') factor.fill(writeForRead);
  const forSafe = intent === 'write' ? readForWrite : 1;
  forEachPosting(index, '=safe', (position) => {
    factor[position] = forSafe;
  });
  forEachPosting(index, '=deprecated', (position) => {
    factor[position] = (factor[position] ?? 1) * deprecatedFactor;
  });
}

function selectBest(
  tallies: readonly Tally[],
  wanted: number,
  { limit, exactId }: RankOptions,
): { hits: Hit[]; total: number } {
  const best: Hit[] = [];
  let total = 0;
  for (const tally of tallies) {
    for (let position = 0; position < tally.size; position += 1) {
      if (tally.matched[position] === 0) continue;
      total += 1;
      const id = tally.catalog.idAt(position);
      const score = finalScore(tally, position, wanted) + (id === exactId ? exactScore : 0);
      insertHit(best, { catalog: tally.catalog, position, id, score }, limit);
    }
  }
  return { hits: best, total };
}

function finalScore(tally: Tally, position: number, wanted: number): number {
  const cover = wanted > 0 ? (tally.cover[position] ?? 0) / wanted : 0;
  const name = Math.min(1, (tally.nameShare[position] ?? 0) / shareScale);
  const summary = Math.min(1, (tally.summaryShare[position] ?? 0) / shareScale) * summaryFactor;
  const fit = (uncovered + (1 - uncovered) * cover) * (unnamed + (1 - unnamed) * Math.max(name, summary));
  const score = (tally.score[position] ?? 0) * (tally.factor[position] ?? 1) * fit;
  return Math.round(score * 1000) / 1000;
}

/** Keeps the best `limit` hits in order: score, then id. */
function insertHit(best: Hit[], hit: Hit, limit: number): void {
  let at = best.length;
  while (at > 0 && comesBefore(hit, best[at - 1])) at -= 1;
  if (at >= limit) return;
  best.splice(at, 0, hit);
  if (best.length > limit) best.pop();
}

function comesBefore(first: Hit, second: Hit | undefined): boolean {
  if (second === undefined || first.score !== second.score) return first.score > (second?.score ?? 0);
  return first.id < second.id;
}
