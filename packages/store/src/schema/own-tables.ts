/**
 * Tables of others in the database of the journal.
 *
 *   O1. They are made or brought up to date when they are first asked for; of those who come at once one does it.
 *   O2. They have a version of their own, forwards only. Tables of a newer oatty are refused and left as they are.
 */
import { OattyError } from '@oatty/types';
import { first, Sql, sql } from '@oatty/types/sql';
import type { Work } from '@oatty/types/sql';
import type { Database } from '../database.ts';
import type { Dialect } from './tables.ts';

export interface OwnTables {
  /** Whose they are: `tasks`. */
  readonly name: string;
  /** Each entry brings them from its index to the next version. An entry that was released never changes. */
  readonly migrations: readonly ((
    dialect: Pick<Dialect, 'text' | 'clustered' | 'updated'>,
  ) => readonly string[])[];
}

/** @throws {OattyError} `STORAGE_FAILED` (O2) */
export function makeTables(database: Database, tables: OwnTables): Promise<void> {
  return database.transact(() => bringUpToDate(database.dialect, tables));
}

// --- internal ---

function* bringUpToDate(dialect: Dialect, { name, migrations }: OwnTables): Work<void> {
  if (dialect.lock !== undefined) yield statement(dialect.lock);
  yield statement(
    `CREATE TABLE IF NOT EXISTS table_versions (name ${dialect.text} NOT NULL PRIMARY KEY, version INTEGER NOT NULL)`,
  );
  const found = yield* first<{ readonly version: number }>(
    sql`SELECT version FROM table_versions WHERE name = ${name}`,
  );
  const version = found?.version ?? 0;
  if (version > migrations.length) throw toNewer(name, version, migrations.length);
  if (version === migrations.length) return;
  for (const migration of migrations.slice(version)) {
    for (const text of migration(dialect)) yield statement(text);
  }
  yield sql`INSERT INTO table_versions (name, version) VALUES (${name}, ${migrations.length})
    ON CONFLICT (name) DO UPDATE SET version = excluded.version`;
}

function statement(text: string): Sql {
  return new Sql([text], []);
}

function toNewer(name: string, version: number, known: number): OattyError {
  return new OattyError('STORAGE_FAILED', `The tables of ${name} were written by a newer oatty.`, {
    suggestedAction:
      'Use that oatty, or name another state file in OATTY_STATE_PATH or database in DATABASE_URL.',
    context: { tables: name, version, known_version: known },
  });
}
