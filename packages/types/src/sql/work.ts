/**
 * Work on a database as a conversation: it yields a statement and is given the rows.
 *
 * So the same work runs on a database that answers at once and on one that is far away, and the work itself never
 * waits for anything but its statements: a transaction holds nothing up.
 */
import type { Sql } from './sql.ts';

/** Columns by name, as the statement names them. */
export type Row = Readonly<Record<string, unknown>>;

export type Work<Result> = Generator<Sql, Result, readonly Row[]>;

/** @typeParam Columns - what the statement selects; the schema is ours, so it is believed */
export function* all<Columns>(query: Sql): Work<readonly Columns[]> {
  return (yield query) as readonly Columns[];
}

export function* first<Columns>(query: Sql): Work<Columns | undefined> {
  const [row] = yield* all<Columns>(query);
  return row;
}
