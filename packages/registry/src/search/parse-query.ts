/**
 * Query text → what it asks for: concepts, each with all the terms that express it, and whether it wants to change
 * something.
 *
 * Q1. The first verb names the action; a later one is a word of little weight ("list open pull requests").
 * Q2. A participle is no verb: "issues assigned to me" asks to read.
 * Q3. A first word before an article is a verb even if the vocabulary does not know it: "star a repository",
 *     "comment on an issue". Such a verb makes something, more likely than it reads.
 * Q4. A query without any verb asks to read, gently.
 * Q5. What stands behind "of", "in" or "for" is where to look, and counts less than what is looked for:
 *     "commits of a branch".
 */
import {
  actionsOfVerb,
  determiners,
  expandAbbreviation,
  nounVerbs,
  personTerms,
  personWords,
  placePrepositions,
  selfTerms,
  selfWords,
  stopWords,
  synonymsOf,
} from './vocabulary.ts';
import type { ActionWeights } from './vocabulary.ts';
import { toStem, toWords } from './words.ts';

/** One idea of the query. */
export interface Concept {
  /** `word`: a command without any of these does not match. `hint`: only moves a match up. */
  readonly kind: 'word' | 'action' | 'hint';
  /** As typed, and its stem; empty for a concept without a word of its own. */
  readonly word: string;
  readonly stem: string;
  /** Terms that express it, with how well, 0 to 1. */
  readonly terms: ReadonlyMap<string, number>;
  /** How much it counts against the other concepts. */
  readonly weight: number;
  /** Whether a command is less of an answer for lacking it. */
  readonly wanted: boolean;
}

export interface Query {
  readonly concepts: readonly Concept[];
  readonly intent: 'read' | 'write' | 'unknown';
}

export function parseQuery(text: string): Query {
  const words = toWords(text).slice(0, maxWords).flatMap(expandAbbreviation);
  const content = words.filter(
    (word) => !stopWords.has(word) && !selfWords.has(word) && !personWords.has(word),
  );
  const verb = content.find((word) => isVerb(word));
  const concepts = [...personConcepts(words)];
  const places = placeWords(words);
  for (const [stem, word] of new Map(content.map((word) => [toStem(word), word]))) {
    if (word === verb) concepts.push(actionConcept(word, stem));
    else concepts.push(wordConcept(word, stem, places.has(word) ? placeWeight : 1));
  }
  const intent = intentOf(words, content, verb);
  if (verb === undefined) concepts.push(intent === 'write' ? preferCreating : preferReading);
  return { concepts, intent };
}

// --- internal ---

const maxWords = 32;
const synonymWeight = 0.55;
/** `unpin` is about pins. */
const undoneWeight = 0.8;
const laterVerbWeight = 0.4;
const placeWeight = 0.7;
/** A verb that only means its action says little by itself: commands that are called otherwise do it too. */
const plainVerbWeight = 0.8;

const preferReading: Concept = hint(
  new Map([
    ['=list', 1],
    ['=get', 0.8],
  ]),
  0.35,
  false,
);

const preferCreating: Concept = hint(
  new Map([
    ['=create', 1],
    ['=update', 0.7],
  ]),
  0.35,
  false,
);

function isVerb(word: string): boolean {
  return actionsOfVerb(toStem(word)) !== undefined && !word.endsWith('ed');
}

function personConcepts(words: readonly string[]): Concept[] {
  const found: Concept[] = [];
  if (words.some((word) => selfWords.has(word))) found.push(hint(selfTerms, 0.5, true));
  if (words.some((word) => personWords.has(word))) found.push(hint(personTerms, 0.3, true));
  return found;
}

function hint(terms: ReadonlyMap<string, number>, weight: number, wanted: boolean): Concept {
  return { kind: 'hint', word: '', stem: '', terms, weight, wanted };
}

/** Q5 */
function placeWords(words: readonly string[]): ReadonlySet<string> {
  const at = words.findIndex((word, index) => index > 0 && placePrepositions.has(word));
  return new Set(at === -1 ? [] : words.slice(at + 1));
}

function wordConcept(word: string, stem: string, placed: number): Concept {
  const weight = (isVerb(word) && !nounVerbs.has(stem) ? laterVerbWeight : 1) * placed;
  return { kind: 'word', word, stem, terms: withSynonyms(stem, 1), weight, wanted: true };
}

function actionConcept(word: string, stem: string): Concept {
  const actions = actionsOfVerb(stem) ?? {};
  const terms = withSynonyms(stem, Object.values(actions).includes(1) ? plainVerbWeight : 1);
  for (const [action, weight] of Object.entries(actions)) terms.set(`=${action}`, weight);
  return { kind: 'action', word, stem, terms, weight: 1, wanted: true };
}

function withSynonyms(stem: string, weight: number): Map<string, number> {
  const terms = new Map([[stem, weight]]);
  for (const synonym of synonymsOf(stem)) terms.set(synonym, synonymWeight);
  if (stem.startsWith('un') && actionsOfVerb(stem) !== undefined) terms.set(stem.slice(2), undoneWeight);
  return terms;
}

function intentOf(
  words: readonly string[],
  content: readonly string[],
  verb: string | undefined,
): Query['intent'] {
  if (verb !== undefined) return reads(actionsOfVerb(toStem(verb)) ?? {}) ? 'read' : 'write';
  const isFirst = content.length > 1 && words[0] === content[0];
  const next = words[1] === 'on' || words[1] === 'to' ? words[2] : words[1];
  return isFirst && determiners.has(next ?? '') ? 'write' : 'unknown';
}

function reads({ list = 0, get = 0, create = 0, update = 0, delete: remove = 0 }: ActionWeights): boolean {
  return list + get > create + update + remove;
}
