/**
 * A state file that this process may read and not write: of another user, on a read-only disk, in a read-only directory.
 *
 * It is opened for one question at a time, so that each sees what is there now, and nothing is made beside it.
 */
import { OattyError, toStorageError } from '@oatty/types';
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { migrations } from '../schema/migrations.ts';
import type { Work } from '@oatty/types/sql';
import { loadSqlite } from './load-sqlite.ts';
import { refuseForeign } from './open-sqlite.ts';
import { refuseDamagedLog } from './refuse-damaged-log.ts';
import { SqliteDatabase } from './sqlite-database.ts';
import { toSqliteError } from './sqlite-error.ts';

/** The log is made in the directory, so that counts too. */
export function canWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    accessSync(dirname(path), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** @throws {OattyError} `STORAGE_FAILED` */
export async function readSqlite<Result>(path: string, work: () => Work<Result>): Promise<Result> {
  try {
    accessSync(path, constants.R_OK);
  } catch (thrown) {
    throw toStorageError(thrown, 'read', path);
  }
  await refuseDamagedLog(path);
  const { DatabaseSync } = loadSqlite();
  let connection;
  try {
    connection = new DatabaseSync(toUntouched(path), { readOnly: true });
    const version = refuseForeign(connection, path);
    if (version < migrations.length) throw toOutdated(path, version);
    return await new SqliteDatabase(connection, path).run(work);
  } catch (thrown) {
    throw toSqliteError(thrown, 'open', path);
  } finally {
    connection?.close();
  }
}

/** Without a log nobody has the file open, and SQLite need not make one to read it. */
export function toUntouched(path: string): URL {
  const url = pathToFileURL(path);
  if (!existsSync(`${path}-wal`)) url.searchParams.set('immutable', '1');
  return url;
}

// --- internal ---

function toOutdated(path: string, version: number): OattyError {
  return new OattyError('STORAGE_FAILED', `${path} was written by an older oatty, and cannot be changed.`, {
    suggestedAction:
      'Make the file and its directory writable, so that its tables can be brought up to date.',
    context: { path, version, known_version: migrations.length },
  });
}
