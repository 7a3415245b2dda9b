/**
 * Whether a page says that it is the last one, in the words that APIs with counted pages use. Pure.
 *
 *   L1. `next` that is there and empty; `has_more` and its like that are false; `last`, `is_last` that are true.
 *   L2. The number of pages, where it is told. Numbers of items are not looked at: they count the page or the list.
 *   L3. All this at the top of the body or in one of the usual places. What says nothing is not the last page.
 */
import { readPath } from './list-path.ts';

/** @param ordinal - which page this is, counted from 1; `undefined` where pages are not numbered */
export function saysLastPage(body: unknown, ordinal: number | undefined): boolean {
  return holders.some((holder) => {
    const values = readPath(body, holder);
    if (typeof values !== 'object' || values === null || Array.isArray(values)) return false;
    return Object.entries(values).some(([name, value]) => saysLast(toPlainName(name), value, ordinal));
  });
}

// --- internal ---

const holders = ['.', 'meta', 'metadata', 'pagination', 'paging', 'page', 'pageInfo', 'page_info', 'links'];

const nextFields = new Set(['next', 'nextpage', 'nextpageurl', 'nexturl', 'nextlink']);
const moreFields = new Set(['hasmore', 'hasnext', 'hasnextpage', 'more']);
const lastFields = new Set(['islast', 'islastpage', 'last', 'lastpage']);
const countFields = new Set(['totalpages', 'pagecount', 'lastpage', 'pages']);

function saysLast(name: string, value: unknown, ordinal: number | undefined): boolean {
  if (nextFields.has(name)) return value === null || value === '' || value === false;
  if (moreFields.has(name)) return value === false;
  if (lastFields.has(name) && value === true) return true;
  return countFields.has(name) && typeof value === 'number' && ordinal !== undefined && ordinal >= value;
}

/** `has_more`, `hasMore` → `hasmore` */
function toPlainName(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, '');
}
