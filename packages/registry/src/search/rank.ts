/**
 * Query × indexes → the best commands.
 *
 * R1. A concept counts by its rarity among the commands that it names (not those that merely mention it).
 * R2. A command is worth more the more of the query it covers, and the more of its own name the query covers.
 * R3. A command that only reads is a poor answer to a request for a change, and the other way round.
 * R4. Naming a vendor or a title prefers that catalog.
 * R5. A verb that few commands have in their names counts more in those than the action that it means:
 *     "unstar" asks for unstarring, not for any deletion.
 * R6. A command matches when it has one of the query's words; a query without nouns matches by action or person.
 */
import { countNamed } from './best-postings.ts';
import { expandTerms } from './expand-terms.ts';
import type { Concept, Query } from './parse-query.ts';
import type { SearchIndex } from './search-index.ts';
import { openTally } from './tally.ts';
import type { Tally } from './tally.ts';
import { toStem, toWords } from './words.ts';

export interface SearchedCatalog {
  readonly vendor: string;
  readonly title: string;
  readonly index: SearchIndex;
  /** Id of the command at a position. */
  idAt(position: number): string;
  /** -1 where there is no such command. */
  positionOf(id: string): number;
}

export interface RankOptions {
  readonly limit: number;
  /** The command with this id comes first. */
  readonly exactId: string;
}

export interface Ranking {
  readonly hits: readonly Hit[];
  /** How many commands match, among the hits or not. */
  readonly total: number;
}

export function rank(query: Query, catalogs: readonly SearchedCatalog[], options: RankOptions): Ranking {
  const searched = catalogs.map((catalog) => ({
    catalog,
    tally: openTally(catalog.index),
    ownWords: new Set(toWords(`${catalog.vendor} ${catalog.title}`).map(toStem)),
  }));
  const hasWord = query.concepts.some((concept) => concept.kind === 'word');
  let wanted = 0;
  for (const concept of query.concepts) {
    const decides = hasWord ? concept.kind === 'word' : concept.wanted;
    wanted += addConcept(concept, decides, searched);
  }
  for (const { tally } of searched) tally.applyIntent(query.intent);
  return selectBest(searched, wanted, options);
}

// --- internal ---

interface Hit {
  readonly catalog: SearchedCatalog;
  readonly position: number;
  readonly id: string;
  readonly score: number;
}

const actionRarity = 2;
const hintRarity = 1.5;
const maxRarity = 5;
const exactScore = 100;

interface Searched {
  readonly catalog: SearchedCatalog;
  readonly tally: Tally;
  /** Stems of vendor and title. */
  readonly ownWords: ReadonlySet<string>;
}

/** @returns how much the concept counts for a command's coverage of the query */
function addConcept(concept: Concept, decides: boolean, searched: readonly Searched[]): number {
  const indexes = searched.map(({ catalog }) => catalog.index);
  const terms = raiseVerb(concept, expandTerms(concept, indexes), indexes);
  const named = searched.reduce((sum, { tally }) => sum + tally.find(terms), 0);
  const score = concept.weight * rarityOf(concept, named, indexes);
  const cover = concept.wanted ? score : 0;
  for (const { tally, ownWords } of searched) {
    tally.addFound({ score, cover, decides });
    if (concept.kind === 'word' && ownWords.has(concept.stem)) tally.addVendor(cover);
  }
  return cover;
}

/** R5 */
function raiseVerb(
  concept: Concept,
  terms: ReadonlyMap<string, number>,
  indexes: readonly SearchIndex[],
): ReadonlyMap<string, number> {
  if (concept.kind !== 'action') return terms;
  const named = indexes.reduce((sum, index) => sum + countNamed(index, concept.stem), 0);
  const gain = named === 0 ? 1 : Math.max(1, rarityOfWord(named, indexes) / actionRarity);
  return new Map(terms).set(concept.stem, (terms.get(concept.stem) ?? 0) * gain);
}

function rarityOf(concept: Concept, named: number, indexes: readonly SearchIndex[]): number {
  if (concept.kind === 'action') return actionRarity;
  return concept.kind === 'hint' ? hintRarity : rarityOfWord(named, indexes);
}

function rarityOfWord(named: number, indexes: readonly SearchIndex[]): number {
  const commands = indexes.reduce((sum, index) => sum + index.size, 0);
  return Math.min(maxRarity, Math.log(1 + (commands - named + 0.5) / (named + 0.5)));
}

function selectBest(searched: readonly Searched[], wanted: number, { limit, exactId }: RankOptions): Ranking {
  const hits: Hit[] = [];
  let total = 0;
  for (const { catalog, tally } of searched) {
    const exact = catalog.positionOf(exactId);
    total += tally.matches.length;
    for (const position of tally.matches) {
      const score = tally.scoreAt(position, wanted) + (position === exact ? exactScore : 0);
      if (hits.length < limit || score >= (hits.at(-1)?.score ?? 0))
        insertHit(hits, { catalog, position, id: catalog.idAt(position), score }, limit);
    }
  }
  return { hits, total };
}

/** Keeps the best `limit` hits in order: score, then id. */
function insertHit(hits: Hit[], hit: Hit, limit: number): void {
  let at = hits.length;
  while (at > 0 && comesBefore(hit, hits[at - 1])) at -= 1;
  if (at >= limit) return;
  hits.splice(at, 0, hit);
  if (hits.length > limit) hits.pop();
}

function comesBefore(first: Hit, second: Hit | undefined): boolean {
  if (second === undefined || first.score !== second.score) return first.score > (second?.score ?? 0);
  return first.id < second.id;
}
