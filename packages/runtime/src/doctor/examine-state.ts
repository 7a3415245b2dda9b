/** The journal: whether its file is one that this oatty works with, and whether runs wait for nobody. Nothing is written. */
import { stat } from 'node:fs/promises';
import { ok } from './finding.ts';
import type { Note } from './finding.ts';
import { noteUnservedQueues } from './unserved-queues.ts';

/** @throws {OattyError} `STORAGE_FAILED` for a file that is no journal of ours */
export async function examineState(path: string): Promise<Note[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return [ok(path, 'No journal yet: it is made with the first run.')];
  const { inspectSqlite } = await import('@oatty/store');
  const { version, known_version, queues } = await inspectSqlite(path);
  const age = version < known_version ? `; the next run brings it to ${known_version}` : '';
  return [ok(path, `The journal, version ${version}${age}.`), ...noteUnservedQueues(queues)];
}
