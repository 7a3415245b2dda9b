/**
 * The journal in one file, shared by the processes of one machine.
 *
 *   Q1. What is committed is on the disk (WAL with full sync), and only the owner of the file may read it.
 *   Q2. The tables are made or brought up to date at the first use; of two processes that start at once one does it.
 *   Q3. A file of a newer oatty, one that is damaged, or one that is no state file is refused and left as it is.
 */
import { OattyError, toStorageError } from '@oatty/types';
import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Database } from '../database.ts';
import { migrations } from '../schema/migrations.ts';
import { loadSqlite } from './load-sqlite.ts';
import { refuseDamagedLog } from './refuse-damaged-log.ts';
import { SqliteDatabase } from './sqlite-database.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { toSqliteError } from './sqlite-error.ts';
import { untilFree } from './until-free.ts';

/** @throws {OattyError} `STORAGE_FAILED`, `STATE_LOCKED` */
export async function openSqlite(path: string): Promise<Database> {
  if (path !== inMemory) {
    createFile(path);
    await refuseDamagedLog(path);
  }
  const connection = connect(path);
  try {
    await untilFree(() => prepare(connection, path), maxWaitMs);
    return new SqliteDatabase(connection, path);
  } catch (thrown) {
    connection.close();
    throw toSqliteError(thrown, 'open', path);
  }
}

/**
 * @returns the version of the tables; 0 where there are none yet
 * @throws {OattyError} `STORAGE_FAILED` (Q3)
 */
export function refuseForeign(connection: DatabaseSync, path: string): number {
  const version = readNumber(connection, 'user_version');
  const application = readNumber(connection, 'application_id');
  const isNew = version === 0 && application === 0 && readNumber(connection, 'schema_version') === 0;
  if (!isNew && application !== oattyState) {
    throw new OattyError('STORAGE_FAILED', `${path} is a database of another program.`, {
      suggestedAction: 'Name another state file in OATTY_STATE_PATH.',
      context: { path },
    });
  }
  if (version <= migrations.length) return version;
  throw new OattyError('STORAGE_FAILED', `${path} was written by a newer oatty.`, {
    suggestedAction: 'Use that oatty, or name another state file in OATTY_STATE_PATH.',
    context: { path, version, known_version: migrations.length },
  });
}

/** "oatt" in ASCII: the `application_id` that marks a file as ours. */
export const oattyState = 0x6f617474;

// --- internal ---

/** What SQLite calls a database without a file. */
const inMemory = ':memory:';

/** How long the tables may take that another process is making. */
const maxWaitMs = 10_000;

/**
 * Q1. SQLite gives the files beside it the same mode. A file that is there is not opened: where this process has it open
 * already, closing it here would let go of the locks that SQLite holds, and another process take itself for the last one.
 */
function createFile(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK);
    else closeSync(openSync(path, 'a', 0o600));
  } catch (thrown) {
    throw toStorageError(thrown, 'write', path);
  }
}

function connect(path: string): DatabaseSync {
  const { DatabaseSync } = loadSqlite();
  try {
    // Waiting for a lock is ours (`until-free.ts`): SQLite would hold the whole process up.
    return new DatabaseSync(path, { timeout: 0, enableForeignKeyConstraints: true });
  } catch (thrown) {
    throw toSqliteError(thrown, 'open', path);
  }
}

/** Q3 comes first: the mode of the journal is written into the file. */
function prepare(connection: DatabaseSync, path: string): void {
  const version = refuseForeign(connection, path);
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  if (version < migrations.length) migrate(connection, path);
}

/** Q2. Whoever came second finds the work done. */
function migrate(connection: DatabaseSync, path: string): void {
  connection.exec('BEGIN IMMEDIATE');
  try {
    const version = refuseForeign(connection, path);
    for (const migration of migrations.slice(version)) {
      for (const statement of migration(sqliteDialect)) connection.exec(statement);
    }
    connection.exec(
      `PRAGMA user_version = ${migrations.length}; PRAGMA application_id = ${oattyState}; COMMIT`,
    );
  } catch (thrown) {
    if (connection.isTransaction) connection.exec('ROLLBACK');
    throw thrown;
  }
}

function readNumber(connection: DatabaseSync, pragma: string): number {
  const row = connection.prepare(`PRAGMA ${pragma}`).get();
  return Number(row?.[pragma]);
}
