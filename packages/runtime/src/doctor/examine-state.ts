/** The journal: whether its file is a database that can be opened. Nothing is written, not even a lock. */
import { stat } from 'node:fs/promises';
import { broken, ok } from './finding.ts';
import type { Note } from './finding.ts';

export async function examineState(path: string): Promise<Note[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return [ok(path, 'No journal yet: it is made with the first run.')];
  try {
    return [ok(path, `The journal, version ${await readVersion(path)}.`)];
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : 'unknown';
    return [broken(path, `The journal cannot be opened: ${reason}.`, `Move ${path} away, or restore it.`)];
  }
}

// --- internal ---

async function readVersion(path: string): Promise<unknown> {
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    database.prepare('SELECT count(*) FROM sqlite_master').get();
    return database.prepare('PRAGMA user_version').get()?.['user_version'];
  } finally {
    database.close();
  }
}
