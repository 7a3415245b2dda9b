/** The three ways in which lists of this API go on: a cursor in the body, a Link header, page numbers. */
import { integerText } from './check.ts';
import { Problem } from './problem.ts';

export const limitText = integerText(1, 100).default(20);

interface CursorPage<T> {
  readonly items: readonly T[];
  /** Given as `cursor` it leads to the next page; `null` on the last one. */
  readonly next_cursor: string | null;
  readonly has_more: boolean;
}

interface CursorOptions<T> {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly idOf: (item: T) => string;
}

/** @throws {Problem} 400 for a cursor that this list did not give */
export function pageByCursor<T>(all: readonly T[], { limit, cursor, idOf }: CursorOptions<T>): CursorPage<T> {
  const start = cursor === undefined ? 0 : all.findIndex((item) => toCursor(idOf(item)) === cursor) + 1;
  if (cursor !== undefined && start === 0) {
    const errors = [{ field: 'cursor', message: 'is not one that this list gave' }];
    throw new Problem(400, 'The query is not valid.', { errors });
  }
  const items = all.slice(start, start + limit);
  const last = items.at(-1);
  const has_more = start + items.length < all.length;
  return { items, next_cursor: has_more && last !== undefined ? toCursor(idOf(last)) : null, has_more };
}

/** @returns the `Link` header of a page, or no header when it is the last one */
export function toLinkHeader(url: URL, cursor: string | null): Readonly<Record<string, string>> {
  if (cursor === null) return {};
  const query = new URLSearchParams(url.searchParams);
  query.set('cursor', cursor);
  return { link: `<${url.pathname}?${query.toString()}>; rel="next"` };
}

interface NumberedPage<T> {
  readonly items: readonly T[];
  readonly page: number;
  readonly per_page: number;
  readonly total: number;
  readonly total_pages: number;
}

/** Pages count from 1. */
export function pageByNumber<T>(all: readonly T[], page: number, perPage: number): NumberedPage<T> {
  const items = all.slice((page - 1) * perPage, page * perPage);
  const total_pages = Math.ceil(all.length / perPage);
  return { items, page, per_page: perPage, total: all.length, total_pages };
}

// --- internal ---

function toCursor(id: string): string {
  return Buffer.from(id).toString('base64url');
}
