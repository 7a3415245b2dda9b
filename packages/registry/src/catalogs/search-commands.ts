/** Search over catalogs: filtered first, then ranked. */
import { OattyError } from '@oatty/types';
import { parseQuery } from '../search/parse-query.ts';
import { rank } from '../search/rank.ts';
import type { SearchedCatalog } from '../search/rank.ts';
import { toListing } from './command-listing.ts';
import type { CommandHit } from './command-listing.ts';
import { positionOf } from './indexed-catalog.ts';
import type { OpenCatalog } from './indexed-catalog.ts';
import { checkLimit } from './page-commands.ts';

export interface SearchResult {
  readonly items: readonly CommandHit[];
  /** How many commands match, shown or not. */
  readonly total: number;
}

/** @throws {OattyError} `ARGUMENT_INVALID` for an empty query, `LIMIT_EXCEEDED` for an endless one */
export function searchCommands(sources: readonly OpenCatalog[], query: string, limit = 20): SearchResult {
  const text = query.trim();
  if (text === '') throw new OattyError('ARGUMENT_INVALID', 'The search query is empty.');
  if (text.length > maxQueryChars) {
    throw new OattyError('LIMIT_EXCEEDED', `The search query is longer than ${maxQueryChars} characters.`);
  }
  checkLimit(limit, maxResults);
  const searched = new Map(sources.map((source) => [toSearched(source), source]));
  const { hits, total } = rank(parseQuery(text), [...searched.keys()], { limit, exactId: text });
  const items = hits.flatMap(({ catalog, position, score }) => {
    const source = searched.get(catalog);
    const row = source?.content.rows[position];
    return source && row ? [{ ...toListing(row, source.entry), score }] : [];
  });
  return { items, total };
}

// --- internal ---

const maxQueryChars = 1_000;
const maxResults = 200;

function toSearched({ entry, content }: OpenCatalog): SearchedCatalog {
  return {
    vendor: entry.vendor,
    title: entry.title,
    index: content.searchIndex(),
    idAt: (position) => content.rows[position]?.id ?? '',
    positionOf: (id) => positionOf(content.rows, id),
  };
}
