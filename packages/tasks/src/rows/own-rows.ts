/**
 * The one place where a statement says whose rows it is about.
 *
 * No other file names a table of `tables.ts`: so no statement can forget the user (a test reads the files).
 */
import { join, Sql, sql } from '@oatty/types/sql';
import type { SqlValue } from '@oatty/types/sql';

export type OwnTable =
  | 'tasks'
  | 'task_audit_log'
  | 'task_deliveries'
  | 'task_idempotency_keys'
  | 'task_integrations'
  | 'task_previews'
  | 'task_reads';

/** Follows the columns of a `SELECT`; more conditions follow with `AND`. */
export function fromOwn(userId: string, table: OwnTable): Sql {
  return sql`FROM ${name(table)} WHERE user_id = ${userId}`;
}

/** The only rows of others that anybody sees: integrations that their owner shares with everybody. */
export function fromOwnOrSharedIntegrations(userId: string): Sql {
  return sql`FROM task_integrations WHERE (user_id = ${userId} OR is_shared = 1)`;
}

export function insertOwn(userId: string, table: OwnTable, row: Readonly<Record<string, SqlValue>>): Sql {
  const columns = Object.keys(row).map(name);
  const values = Object.values(row).map((value) => sql`${value}`);
  return sql`INSERT INTO ${name(table)} (user_id, ${join(columns, ', ')}) VALUES (${userId}, ${join(values, ', ')})`;
}

export function updateOwn(
  userId: string,
  table: OwnTable,
  row: Readonly<Record<string, SqlValue>>,
  condition: Sql,
): Sql {
  const settings = Object.entries(row).map(([column, value]) => sql`${name(column)} = ${value}`);
  return sql`UPDATE ${name(table)} SET ${join(settings, ', ')} WHERE user_id = ${userId} AND ${condition}`;
}

export function deleteOwn(userId: string, table: OwnTable, condition: Sql): Sql {
  return sql`DELETE FROM ${name(table)} WHERE user_id = ${userId} AND ${condition}`;
}

// --- internal ---

/** Names come from the code, never from a caller. */
function name(text: string): Sql {
  return new Sql([text], []);
}
