/**
 * Fetches the pages of a list, one after the other, and joins them.
 *
 *   G1. The result is the last page with the whole list in its place, so that what it says about more is true.
 *   G2. It ends with the last page, at a limit, or when the API sends the same cursor or the same page again.
 *   G3. Where pages are counted, one that is not found is past the end.
 *   G4. An answer without a list where the command promises one is given as it is.
 */
import type { Command, CommandArguments, CommandResult, Pagination } from '@oatty/types';
import type { PageLimits } from '../http-call.ts';
import { UpstreamError } from '../upstream-error.ts';
import { readPath, replaceAt } from './list-path.ts';
import { findNextPage } from './next-page.ts';
import type { NextPage } from './next-page.ts';

export interface PageRequest {
  readonly isFirst: boolean;
  readonly arguments: CommandArguments;
  /** Absent where the arguments say it all. */
  readonly link?: string;
}

export async function followPages(
  command: Command,
  given: CommandArguments,
  limits: PageLimits,
  fetchPage: (request: PageRequest) => Promise<CommandResult>,
): Promise<CommandResult> {
  const { pagination, list_path: listPath = '.' } = command;
  const maxItems = limits.maxItems ?? defaultMaxItems;
  const items: unknown[] = [];
  const followed = new Set<string>();
  let previous = '';
  let joined: CommandResult | undefined;
  let request: PageRequest = { isFirst: true, arguments: given };
  for (let pages = 1; ; pages++) {
    const result = await fetchUnlessPastEnd(pagination, joined, () => fetchPage(request));
    if (result === joined) return result;
    const list = readPath(result.body, listPath);
    if (!Array.isArray(list) || pagination === undefined) return result; // G4
    const next = findNextPage(pagination, { result, items: list, arguments: request.arguments });
    const text = JSON.stringify(list);
    const isRepeated = text === previous;
    if (!isRepeated) for (const item of list.slice(0, maxItems - items.length)) items.push(item);
    const isOver = next === undefined || isRepeated || !remember(followed, JSON.stringify(next));
    joined = { ...result, body: replaceAt(result.body, listPath, items) };
    if (isOver || pages >= limits.maxPages || items.length >= maxItems) return joined;
    previous = text;
    request = toRequest(command, request.arguments, next);
  }
}

// --- internal ---

/** What came before instead of a page that is past the end (G3). */
async function fetchUnlessPastEnd(
  pagination: Pagination | undefined,
  before: CommandResult | undefined,
  fetchPage: () => Promise<CommandResult>,
): Promise<CommandResult> {
  try {
    return await fetchPage();
  } catch (thrown) {
    const isCounted = pagination?.kind === 'page' || pagination?.kind === 'offset';
    if (before !== undefined && isCounted && thrown instanceof UpstreamError && thrown.status === 404)
      return before;
    throw thrown;
  }
}

const defaultMaxItems = 10_000;

/** Whether it is new. */
function remember(followed: Set<string>, next: string): boolean {
  return followed.size !== followed.add(next).size;
}

function toRequest(command: Command, given: CommandArguments, next: NextPage): PageRequest {
  if (next.kind === 'link') return { isFirst: false, arguments: given, link: next.url };
  return { isFirst: false, arguments: withValue(command, given, next.name, next.value) };
}

/** Into the body where that is given as a whole and the parameter belongs there. */
function withValue(
  command: Command,
  given: CommandArguments,
  name: string,
  value: unknown,
): CommandArguments {
  const parameter = command.parameters.find((candidate) => candidate.name === name);
  const isInWholeBody = parameter?.in === 'body' && typeof given.body === 'object' && given.body !== null;
  if (!isInWholeBody) return { ...given, with: { ...given.with, [name]: value } };
  return { ...given, body: { ...given.body, [parameter.wire_name ?? name]: value } };
}
