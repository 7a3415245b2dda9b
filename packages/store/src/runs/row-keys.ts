/**
 * Keys of the rows that a run only adds: its number and their place.
 *
 *   R1. The number of the run is above, the place among the rows of its kind below: the rows of a run lie together in their
 *       order, and those of the newest run come last. So a write changes the page that the last one changed.
 *   R2. Numbers of runs never leave the journal; one is free again when its run and its rows are removed.
 */
import { sql } from '@oatty/types/sql';
import type { Sql } from '@oatty/types/sql';

/** Of a table: it is given to no program, and beyond what one could count exactly. */
export function rowKey(runNo: Sql, place: Sql): Sql {
  return sql`((${runNo} << 32) | ${place})`;
}

export function placeOf(key: Sql): Sql {
  return sql`CAST(${key} & 4294967295 AS INTEGER)`;
}

/** All rows of the run with this number, or those after a place. */
export function isRowOf(key: Sql, runNo: Sql, after: Sql = sql`0`): Sql {
  return sql`${key} > ${rowKey(runNo, after)} AND ${key} < ((${runNo} + 1) << 32)`;
}

/** A number that a statement is given, as wide as those of a table. */
export function wide(value: number | string): Sql {
  return sql`CAST(${value} AS BIGINT)`;
}
