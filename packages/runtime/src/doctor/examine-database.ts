/** Whether the database of `DATABASE_URL` lets us in and holds a journal that we know. User and password are never shown. */
import { OattyError } from '@oatty/types';
import { broken, ok } from './finding.ts';
import type { Note } from './finding.ts';
import { noteUnservedQueues } from './unserved-queues.ts';

/** @returns empty where the journal is in the state file */
export function databaseUrlOf(env: Readonly<Record<string, string | undefined>>): string {
  return env['DATABASE_URL']?.trim() ?? '';
}

/** @param text - of `DATABASE_URL` */
export async function examineDatabase(text: string): Promise<Note[]> {
  if (text === '') return [];
  const url = URL.parse(text);
  if (url === null || !/^postgres(?:ql)?:$/.test(url.protocol)) {
    return [
      broken(
        'DATABASE_URL',
        'It is no PostgreSQL address.',
        'Write postgres://user:password@host:5432/database.',
      ),
    ];
  }
  const { inspectPostgres } = await import('@oatty/store');
  try {
    const { place, version, known_version, queues } = await inspectPostgres(text);
    if (version === 0) {
      return [ok('DATABASE_URL', `${place} lets us in. No journal yet: it is made with the first run.`)];
    }
    const age = version < known_version ? `; the next run brings it to ${known_version}` : '';
    return [
      ok('DATABASE_URL', `${place} holds the journal, version ${version}${age}.`),
      ...noteUnservedQueues(queues),
    ];
  } catch (thrown) {
    const { message, suggestedAction } = OattyError.from(thrown);
    return [broken('DATABASE_URL', message, suggestedAction)];
  }
}
