/** Commands in id order, a page at a time. */
import { fromPageCursor, OattyError, toPageCursor } from '@oatty/types';
import { toListing } from './command-listing.ts';
import type { CommandPage } from './command-listing.ts';
import { firstAtOrAfter } from './indexed-catalog.ts';
import type { OpenCatalog } from './indexed-catalog.ts';
import { compareText } from '../text/compare-text.ts';

export interface PageOptions {
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  readonly limit?: number;
}

/** @throws {OattyError} `ARGUMENT_INVALID` for a cursor or a limit that cannot be */
export function pageCommands(
  sources: readonly OpenCatalog[],
  { cursor, limit = 100 }: PageOptions,
): CommandPage {
  checkLimit(limit, maxPageSize);
  const after = fromPageCursor(cursor);
  const next = sources.flatMap(({ entry, content }) => {
    const start = firstAtOrAfter(content.rows, after);
    const skip = content.rows[start]?.id === after ? 1 : 0;
    return content.rows.slice(start + skip, start + skip + limit + 1).map((row) => toListing(row, entry));
  });
  next.sort((first, second) => compareText(first.id, second.id));
  const items = next.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(next.length > limit && last && { next_cursor: toPageCursor(last.id) }) };
}

/** @throws {OattyError} `ARGUMENT_INVALID` */
export function checkLimit(limit: number, max: number): void {
  if (Number.isSafeInteger(limit) && limit >= 1 && limit <= max) return;
  throw new OattyError('ARGUMENT_INVALID', `"limit" must be a whole number from 1 to ${max}.`);
}

// --- internal ---

const maxPageSize = 500;
