/** What a state file is, without making it, changing it or bringing it up to date. */
import { OattyError } from '@oatty/types';
import type { QueueSummary } from '@oatty/types';
import type { DatabaseSync } from 'node:sqlite';
import { listQueues } from '../runs/queues.ts';
import { migrations } from '../schema/migrations.ts';
import { loadSqlite } from './load-sqlite.ts';
import { refuseForeign } from './open-sqlite.ts';
import { toUntouched } from './read-sqlite.ts';
import { refuseDamagedLog } from './refuse-damaged-log.ts';
import { SqliteDatabase } from './sqlite-database.ts';
import { otherFile, toSqliteError } from './sqlite-error.ts';

export interface StateInspection {
  /** Of its tables; 0 where there are none yet. */
  readonly version: number;
  /** Of the tables that this oatty works with. */
  readonly known_version: number;
  /** Queues that have runs; none where the tables are not up to date. */
  readonly queues: readonly QueueSummary[];
}

/** @throws {OattyError} `STORAGE_FAILED` for what `openSqlite` would refuse, and for damage that shows later */
export async function inspectSqlite(path: string): Promise<StateInspection> {
  await refuseDamagedLog(path);
  const { DatabaseSync } = loadSqlite();
  let connection;
  try {
    connection = new DatabaseSync(toUntouched(path), { readOnly: true });
    const version = refuseForeign(connection, path);
    refuseDamaged(connection, path);
    const known_version = migrations.length;
    if (version < known_version) return { version, known_version, queues: [] };
    const now = new Date().toISOString();
    const queues = await new SqliteDatabase(connection, path).run(() => listQueues(now));
    return { version, known_version, queues };
  } catch (thrown) {
    throw toSqliteError(thrown, 'open', path);
  } finally {
    connection?.close();
  }
}

// --- internal ---

/** Looks at all of the file. */
function refuseDamaged(connection: DatabaseSync, path: string): void {
  const found = connection.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (found === 'ok') return;
  throw new OattyError('STORAGE_FAILED', `${path} is damaged: ${String(found)}.`, {
    suggestedAction: otherFile,
    context: { path },
  });
}
