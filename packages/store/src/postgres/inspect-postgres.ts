/** What a database holds, without making tables, bringing them up to date or waiting for a server that is away. */
import { OattyError } from '@oatty/types';
import { toText } from '@oatty/types/sql';
import type { Row, SqlValue, Work } from '@oatty/types/sql';
import { listQueues } from '../runs/queues.ts';
import { migrations } from '../schema/migrations.ts';
import type { StateInspection } from '../sqlite/inspect-sqlite.ts';
import { readVersion } from './migrate.ts';
import { placeOf } from './place-of.ts';
import { toPostgresError } from './postgres-error.ts';

export interface DatabaseInspection extends StateInspection {
  /** Host and name, without user and password. */
  readonly place: string;
}

/** @throws {OattyError} `STORAGE_FAILED` for what would fail at the first use, with the reason */
export async function inspectPostgres(
  url: string,
  { schema = 'oatty', timeoutMs = 3_000 }: { readonly schema?: string; readonly timeoutMs?: number } = {},
): Promise<DatabaseInspection> {
  const place = placeOf(url);
  const { Client } = await import('pg');
  const client = new Client({
    connectionString: url,
    application_name: 'oatty doctor',
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    options: `-c search_path=${schema}`,
  });
  client.on('error', () => {}); // said by the question that is open
  try {
    await client.connect(); // what fails here leaves nothing open
  } catch (thrown) {
    throw toPostgresError(thrown, place);
  }
  try {
    const version = await readVersion(client, schema, place);
    if (version === 0) await requireRightToCreate(client, place);
    const known_version = migrations.length;
    const queues =
      version === known_version ? await converse(client, listQueues(new Date().toISOString())) : [];
    return { place, version, known_version, queues };
  } catch (thrown) {
    throw toPostgresError(thrown, place);
  } finally {
    await client.end().catch(() => {}); // what went wrong before is what counts
  }
}

// --- internal ---

interface Questioner {
  query(text: string, values?: SqlValue[]): Promise<{ readonly rows: readonly Row[] }>;
}

async function converse<Result>(client: Questioner, work: Work<Result>): Promise<Result> {
  let turn = work.next([]);
  while (turn.done !== true) {
    const { rows } = await client.query(
      toText(turn.value, (position) => `$${position}`),
      [...turn.value.values],
    );
    turn = work.next(rows);
  }
  return turn.value;
}

async function requireRightToCreate(client: Questioner, place: string): Promise<void> {
  const { rows } = await client.query(
    "SELECT has_database_privilege(current_database(), 'CREATE') AS allowed",
  );
  if (rows[0]?.allowed === true) return;
  throw new OattyError(
    'STORAGE_FAILED',
    `The database ${place} has no tables of oatty, and the user may not make them.`,
    {
      suggestedAction:
        'Give the user of DATABASE_URL the right to create a schema there, or start oatty once as one who has it.',
      context: { database: place },
    },
  );
}
