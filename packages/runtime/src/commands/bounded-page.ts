/** A page that a model can take in: bounded in number and in size. */
import { toPageCursor } from '@oatty/types';

export interface BoundedPage<Item> {
  readonly items: readonly Item[];
  /** Absent on the last page. */
  readonly next_cursor?: string;
}

/** About 8,000 tokens. */
const maxPageChars = 32_000;

/** Takes items as long as they fit, and one in any case. `candidates` are sorted by id and may be more than `limit`. */
export function toBoundedPage<Item extends { readonly id: string }>(
  candidates: Iterable<Item>,
  limit: number,
): BoundedPage<Item> {
  const items: Item[] = [];
  let chars = 0;
  for (const item of candidates) {
    chars += JSON.stringify(item).length;
    const last = items.at(-1);
    if (last && (items.length === limit || chars > maxPageChars)) {
      return { items, next_cursor: toPageCursor(last.id) };
    }
    items.push(item);
  }
  return { items };
}
