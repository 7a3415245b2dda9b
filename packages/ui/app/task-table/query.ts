/**
 * What the table asks for, and what its controls show of it. Pure.
 *
 *   Q1. The first page of a changed query is asked for without a cursor: cursors belong to one query.
 *   Q2. What the user picks is meant in the user's zone; until then the zone of the list that came stays.
 */
import type { Filter, SortField, TaskList } from '../documents/task-list.ts';
import type { Dates } from '../words/dates.ts';

export interface Query {
  readonly filter: Filter;
  readonly sort: SortField;
  readonly order: 'asc' | 'desc';
  readonly timeZone: string;
  /** Cursors of the pages up to this one; the first page has none. */
  readonly cursors: readonly string[];
}

export function toQuery({ applied }: TaskList, dates: Dates): Query {
  if (applied === undefined) {
    return { filter: {}, sort: 'created_at', order: 'asc', timeZone: dates.timeZone, cursors: [] };
  }
  const { filter, sort, order, time_zone: timeZone } = applied;
  return { filter, sort, order, timeZone, cursors: [] };
}

/** What is `undefined` is filtered by no longer. */
export type FilterChange = { readonly [Name in keyof Filter]?: Filter[Name] | undefined };

/** Q1, Q2 */
export function withFilter(query: Query, change: FilterChange, dates: Dates): Query {
  return {
    ...query,
    filter: withoutAbsent({ ...query.filter, ...change }),
    timeZone: dates.timeZone,
    cursors: [],
  };
}

/** The same field again turns the order round. */
export function withSort(query: Query, sort: SortField): Query {
  const order = query.sort === sort && query.order === 'asc' ? 'desc' : 'asc';
  return { ...query, sort, order, cursors: [] };
}

export function toArguments({ filter, sort, order, timeZone, cursors }: Query, limit: number) {
  const cursor = cursors.at(-1);
  return { ...filter, sort, order, time_zone: timeZone, limit, ...(cursor !== undefined && { cursor }) };
}

export function hasFilter({ filter }: Query): boolean {
  return Object.keys(withoutAbsent(filter)).length > 0;
}

// --- internal ---

function withoutAbsent(filter: FilterChange): Filter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
