/**
 * Command → the terms it is found by, with their weights.
 *
 * D1. The noun that a path ends with says most; what stands before it is context and says less.
 * D2. Each term knows its share of the command's name and of its summary: a query that covers all of a short
 *     name beats one that touches a long one.
 * D3. Terms that begin with `=` are facts and no words: `=list` … `=delete`, `=safe`, `=deprecated`.
 */
import type { Command } from '@oatty/types';
import { actionsOfCommand } from './action-of-command.ts';
import type { ActionClues } from './action-of-command.ts';
import { stopWords } from './vocabulary.ts';
import { toPlainText, toStem, toWords } from './words.ts';

/** What one term means to one command. */
export interface TermWeight {
  /** Weighted count over all fields; not yet saturated. */
  frequency: number;
  /** Share of the name, 0 to 1. */
  nameShare: number;
  /** Share of the summary, 0 to 1. */
  summaryShare: number;
}

export type CommandTerms = Map<string, TermWeight>;

/** Remembers the stems of words, and of texts that many commands have in common, such as parameter names. */
export class StemCache {
  readonly #texts = new Map<string, readonly string[]>();
  readonly #words = new Map<string, string>();

  /** The stems of a text without its stop words. */
  contentStems(text: string): readonly string[] {
    const stems: string[] = [];
    for (const word of toWords(text)) if (!stopWords.has(word)) stems.push(this.stem(word));
    return stems;
  }

  /** The same, for a text that other commands have too. */
  sharedStems(text: string): readonly string[] {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const stems = this.contentStems(text);
    this.#texts.set(text, stems);
    return stems;
  }

  stem(word: string): string {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    const stem = toStem(word);
    this.#words.set(word, stem);
    return stem;
  }
}

export function describeCommand(command: Command, cache: StemCache): CommandTerms {
  const terms: CommandTerms = new Map();
  const segments = nameSegments(command, cache);
  const summary = toPlainText(command.summary, summaryChars);
  const operation = cache.contentStems(operationText(command));
  addName(terms, segments);
  const summaryStems = cache.contentStems(summary);
  addField(terms, summaryStems, fields.summary);
  const summaryShare = 1 / new Set(summaryStems).size;
  for (const stem of summaryStems) termOf(terms, stem).summaryShare = summaryShare;
  addField(terms, operation, fields.operationId);
  addField(terms, cache.sharedStems((command.tags ?? []).join(' ')), fields.tags);
  addField(terms, parameterStems(command, cache), fields.parameters);
  const description = toPlainText(command.description ?? '', descriptionChars);
  addField(terms, cache.contentStems(description), fields.description);
  const lead = description.slice(0, leadChars).split(/[.\n]\s/)[0] ?? '';
  addField(terms, cache.contentStems(lead), fields.lead);
  const opening = toWords(summary)
    .slice(0, 4)
    .map((word) => cache.stem(word));
  addActions(terms, command, { opening, name: [...(segments.at(-1) ?? []), ...operation] });
  addFacts(terms, command);
  return terms;
}

// --- internal ---

interface Field {
  readonly weight: number;
  /** Number of words that is usual; a longer field counts less per word. */
  readonly usualLength: number;
}

const fields = {
  summary: { weight: 2.2, usualLength: 6 },
  operationId: { weight: 1.2, usualLength: 4 },
  tags: { weight: 0.8, usualLength: 2 },
  parameters: { weight: 0.35, usualLength: 14 },
  /** The first sentence of the description. */
  lead: { weight: 0.3, usualLength: 8 },
  description: { weight: 0.5, usualLength: 30 },
} as const satisfies Record<string, Field>;

const nameField: Field = { weight: 3, usualLength: 4 };
/** By distance from the end of the name. */
const segmentWeights = [1, 0.6, 0.3] as const;
const farSegmentWeight = 0.2;
const actionFrequency = 4;

const summaryChars = 500;
const descriptionChars = 500;
const leadChars = 140;
const parameterChars = 60;
const maxParameters = 60;

function termOf(terms: CommandTerms, term: string): TermWeight {
  const known = terms.get(term);
  if (known !== undefined) return known;
  const created = { frequency: 0, nameShare: 0, summaryShare: 0 };
  terms.set(term, created);
  return created;
}

function addField(terms: CommandTerms, stems: readonly string[], field: Field): void {
  const perWord = field.weight / (0.4 + (0.6 * stems.length) / field.usualLength);
  for (const stem of stems) termOf(terms, stem).frequency += perWord;
}

/** `/v1/repos/{owner}/issues` → `[['repo'], ['issu']]`; `/chat.postMessage` → `[['chat'], ['post', 'messag']]`. */
function nameSegments(command: Command, cache: StemCache): (readonly string[])[] {
  return nameText(command)
    .split(/[/#.:]/)
    .filter((segment) => !segment.startsWith('{') && !/^v\d+$/.test(segment))
    .map((segment) => cache.contentStems(segment))
    .filter((stems) => stems.length > 0);
}

function nameText({ id, execution }: Command): string {
  if (execution.kind === 'http') return execution.path.replace(/\?.*$/, '');
  return id.slice(id.indexOf(' ') + 1);
}

function addName(terms: CommandTerms, segments: readonly (readonly string[])[]): void {
  const weighted = segments.flatMap((stems, index) => {
    const weight = segmentWeights[segments.length - 1 - index] ?? farSegmentWeight;
    return stems.map((stem) => ({ stem, weight }));
  });
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  const perWord = nameField.weight / (0.5 + (0.5 * weighted.length) / nameField.usualLength);
  for (const { stem, weight } of weighted) {
    const term = termOf(terms, stem);
    term.frequency += perWord * weight;
    term.nameShare += weight / total;
  }
}

/** An operation id without the method that some begin with: `PostCustomers`, `get_files_id`. */
function operationText(command: Command): string {
  return (command.operation_id ?? '').replace(/^(?:get|post|put|patch|delete)(?=[_A-Z])/i, '');
}

function parameterStems(command: Command, cache: StemCache): string[] {
  return command.parameters
    .slice(0, maxParameters)
    .flatMap(({ name, description = '' }) =>
      cache.sharedStems(`${name} ${toPlainText(description, parameterChars)}`),
    );
}

function addActions(terms: CommandTerms, command: Command, clues: ActionClues): void {
  const summaryWords = Math.max(1, [...terms.values()].filter((term) => term.summaryShare > 0).length);
  for (const [action, weight] of actionsOfCommand(command, clues)) {
    const term = termOf(terms, `=${action}`);
    term.frequency = weight * actionFrequency;
    term.summaryShare = weight / summaryWords;
  }
}

function addFacts(terms: CommandTerms, command: Command): void {
  if (command.effect === 'safe') termOf(terms, '=safe').frequency = 1;
  if (command.deprecated === true) termOf(terms, '=deprecated').frequency = 1;
}
