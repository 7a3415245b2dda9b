/** What a state file is, without making it, changing it or bringing it up to date. */
import { migrations } from '../schema/migrations.ts';
import { loadSqlite } from './load-sqlite.ts';
import { refuseForeign } from './open-sqlite.ts';
import { toUntouched } from './read-sqlite.ts';
import { refuseDamagedLog } from './refuse-damaged-log.ts';
import { toSqliteError } from './sqlite-error.ts';

export interface StateInspection {
  /** Of its tables; 0 where there are none yet. */
  readonly version: number;
  /** Of the tables that this oatty works with. */
  readonly known_version: number;
}

/** @throws {OattyError} `STORAGE_FAILED` for what `openSqlite` would refuse */
export async function inspectSqlite(path: string): Promise<StateInspection> {
  await refuseDamagedLog(path);
  const { DatabaseSync } = loadSqlite();
  let connection;
  try {
    connection = new DatabaseSync(toUntouched(path), { readOnly: true });
    return { version: refuseForeign(connection, path), known_version: migrations.length };
  } catch (thrown) {
    throw toSqliteError(thrown, 'open', path);
  } finally {
    connection?.close();
  }
}
