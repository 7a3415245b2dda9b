/**
 * A filter as conditions of a statement.
 *
 *   C1. A whole day counts at its end: it is overdue when the next one begins, and due by 10:00 of a day only if it is an
 *       earlier one.
 *   C2. Bounds belong to the range; a day as the upper one belongs to it until its end.
 */
import { join, sql } from '@oatty/types/sql';
import type { Sql } from '@oatty/types/sql';
import { foldCase } from '../rows/task-rows.ts';
import { isWholeDay } from '../task.ts';
import { nextDay, startOfDay, toDay } from '../time/zoned-now.ts';
import type { ZonedNow } from '../time/zoned-now.ts';
import type { Filter } from './filter.ts';

/** Begins with `AND`; empty for a filter that is. */
export function toConditions(filter: Filter, at: ZonedNow): Sql {
  const { status, priority, due_from, due_to, overdue, text, created_from, created_to } = filter;
  const conditions = [
    ...(status === undefined ? [] : [oneOf(sql`status`, status)]),
    ...(priority === undefined ? [] : [oneOf(sql`priority`, priority)]),
    ...(due_from === undefined ? [] : [dueFrom(due_from, at)]),
    ...(due_to === undefined ? [] : [dueTo(due_to, at)]),
    ...(overdue === undefined ? [] : [overdue ? isOverdue(at) : isNotOverdue(at)]),
    ...(text === undefined ? [] : [sql`search_text LIKE ${toPattern(text)} ESCAPE '\\'`]),
    ...(created_from === undefined ? [] : [sql`created_at >= ${firstInstant(created_from, at)}`]),
    ...(created_to === undefined ? [] : [until(sql`created_at`, created_to, at)]),
  ];
  return join(
    conditions.map((condition) => sql`AND ${condition}`),
    ' ',
  );
}

/** C1 */
function isOverdue({ now, today }: ZonedNow): Sql {
  return sql`(status <> 'completed' AND (due_at < ${now} OR due_day < ${today}))`;
}

// --- internal ---

/** Nothing is compared with an absent due time. */
function isNotOverdue({ now, today }: ZonedNow): Sql {
  return sql`(status = 'completed' OR due_at >= ${now} OR due_day >= ${today} OR (due_at IS NULL AND due_day IS NULL))`;
}

function oneOf(column: Sql, values: readonly string[]): Sql {
  return sql`${column} IN (${join(
    values.map((value) => sql`${value}`),
    ', ',
  )})`;
}

function dueFrom(bound: string, at: ZonedNow): Sql {
  const day = isWholeDay(bound) ? bound : toDay(at.zone, bound);
  return sql`(due_at >= ${firstInstant(bound, at)} OR due_day >= ${day})`;
}

/** C1, C2 */
function dueTo(bound: string, at: ZonedNow): Sql {
  const day = isWholeDay(bound) ? sql`due_day <= ${bound}` : sql`due_day < ${toDay(at.zone, bound)}`;
  return sql`(${until(sql`due_at`, bound, at)} OR ${day})`;
}

function firstInstant(bound: string, { zone }: ZonedNow): string {
  return isWholeDay(bound) ? startOfDay(zone, bound) : bound;
}

/** C2 */
function until(column: Sql, bound: string, { zone }: ZonedNow): Sql {
  return isWholeDay(bound)
    ? sql`${column} < ${startOfDay(zone, nextDay(bound))}`
    : sql`${column} <= ${bound}`;
}

function toPattern(text: string): string {
  return `%${foldCase(text).replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
