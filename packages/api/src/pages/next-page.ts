/**
 * Where a list goes on. Pure: from the page that came to the call that fetches the next one.
 *
 *   N1. An empty page is the last one, unless it gives the address of the next: services that filter late send such.
 *   N2. What the API says about more (`has_more`, no cursor, an empty `next`) wins over the count of items.
 */
import { memberOf } from '@oatty/types';
import type { CommandArguments, CommandResult, Pagination } from '@oatty/types';
import { saysLastPage } from './last-page.ts';
import { readPath } from './list-path.ts';

export interface FetchedPage {
  readonly result: CommandResult;
  readonly items: readonly unknown[];
  /** The arguments that it was fetched with. */
  readonly arguments: CommandArguments;
}

/** `link`: follow this address. `parameter`: call again with this value. */
export type NextPage =
  | { readonly kind: 'link'; readonly url: string }
  | { readonly kind: 'parameter'; readonly name: string; readonly value: unknown };

export function findNextPage(pagination: Pagination, page: FetchedPage): NextPage | undefined {
  if (page.items.length === 0 && pagination.kind !== 'next_url') return undefined;
  switch (pagination.kind) {
    case 'link':
      return toLink(page);
    case 'next_url':
      return toNextUrl(pagination, page);
    case 'cursor':
      return toCursor(pagination, page);
    case 'last_item':
      return toLastItem(pagination, page);
    case 'page':
      return toPageNumber(pagination, page);
    case 'offset':
      return toOffset(pagination, page);
  }
}

// --- internal ---

function toLink({ result }: FetchedPage): NextPage | undefined {
  const url = findNextLink(result.headers['link'] ?? '');
  return url === undefined ? undefined : { kind: 'link', url };
}

/** `<https://…?page=2>; rel="next", <…>; rel="last"` (RFC 8288) */
function findNextLink(header: string): string | undefined {
  for (const [, url, parameters = ''] of header.matchAll(/<([^<>]*)>((?:\s*;[^,<]*)*)/g)) {
    const relations = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters);
    if ((relations?.[1] ?? relations?.[2] ?? '').toLowerCase().split(/\s+/).includes('next')) return url;
  }
  return undefined;
}

/** Text, or an object that holds it as HAL does: `{"href": "…"}`. Relative addresses are relative to this page. */
function toNextUrl(
  { next_path: path }: Extract<Pagination, { kind: 'next_url' }>,
  { result: { body } }: FetchedPage,
): NextPage | undefined {
  const found = memberOf(body, path) ?? readPath(body, path); // a key as it is written: `@odata.nextLink`
  const url = typeof found === 'string' ? found : memberOf(found, 'href');
  return typeof url === 'string' && url !== '' ? { kind: 'link', url } : undefined;
}

function toCursor(
  { parameter, next_path: nextPath, has_more_path: hasMorePath }: Extract<Pagination, { kind: 'cursor' }>,
  { result }: FetchedPage,
): NextPage | undefined {
  if (hasMorePath !== undefined && readPath(result.body, hasMorePath) === false) return undefined;
  const cursor = readPath(result.body, nextPath);
  const isCursor = typeof cursor === 'number' || (typeof cursor === 'string' && cursor !== '');
  return isCursor ? toParameter(parameter, cursor) : undefined;
}

function toLastItem(
  { parameter, item_field: field, has_more_path: hasMorePath }: Extract<Pagination, { kind: 'last_item' }>,
  { result, items }: FetchedPage,
): NextPage | undefined {
  if (readPath(result.body, hasMorePath) !== true) return undefined;
  const value = readPath(items.at(-1), field);
  return value === undefined || value === null ? undefined : toParameter(parameter, value);
}

function toPageNumber(
  { parameter, first }: Extract<Pagination, { kind: 'page' }>,
  page: FetchedPage,
): NextPage | undefined {
  const number = readNumber(page, parameter, first);
  return saysLastPage(page.result.body, number - first + 1) ? undefined : toParameter(parameter, number + 1);
}

function toOffset(
  { parameter }: Extract<Pagination, { kind: 'offset' }>,
  page: FetchedPage,
): NextPage | undefined {
  if (saysLastPage(page.result.body, undefined)) return undefined;
  return toParameter(parameter, readNumber(page, parameter, 0) + page.items.length);
}

function toParameter(name: string, value: unknown): NextPage {
  return { kind: 'parameter', name, value };
}

/** The page or offset that was asked for; arguments of a command line may be text. */
function readNumber({ arguments: given }: FetchedPage, name: string, fallback: number): number {
  const value = Object.hasOwn(given.with, name) ? given.with[name] : undefined;
  const number = Number(value ?? fallback);
  return Number.isFinite(number) ? number : fallback;
}
