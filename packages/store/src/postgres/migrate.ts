import { OattyError } from '@oatty/types';
import type { ClientBase, Pool, PoolClient, QueryConfig } from 'pg';
import { migrations } from '../schema/migrations.ts';
import { postgresDialect } from './postgres-dialect.ts';

/**
 * Makes the tables or brings them up to date; of those who come at once one does it. It takes its time: rows of years may
 * have to be written anew.
 *
 * @throws {OattyError} `STORAGE_FAILED` for tables of a newer oatty, which are left as they are
 */
export async function migrate(pool: Pool, schema: string, place: string): Promise<void> {
  const client = await pool.connect();
  try {
    if ((await readVersion(client, schema, place)) === migrations.length) return;
    await client.query('BEGIN; SET LOCAL statement_timeout = 0');
    await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`oatty migrations of ${schema}`]);
    await bringUpToDate(client, schema, place);
    await client.query('COMMIT');
  } catch (thrown) {
    await client.query('ROLLBACK').catch(() => {}); // what went wrong before is what counts
    throw thrown;
  } finally {
    client.release();
  }
}

/**
 * @returns 0 where there are no tables yet
 * @throws {OattyError} `STORAGE_FAILED` for tables of a newer oatty
 */
export async function readVersion(client: ClientBase, schema: string, place: string): Promise<number> {
  const table = await client.query(
    "SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = $1 AND tablename = 'version'",
    [schema],
  );
  if (table.rows.length === 0) return 0;
  const { rows } = await client.query<{ readonly version: number }>(`SELECT version FROM ${schema}.version`);
  const version = rows[0]?.version ?? 0;
  if (version <= migrations.length) return version;
  throw new OattyError('STORAGE_FAILED', `The database ${place} was used by a newer oatty.`, {
    suggestedAction: 'Use that oatty, or name another database in DATABASE_URL.',
    context: { database: place, version, known_version: migrations.length },
  });
}

// --- internal ---

async function bringUpToDate(client: PoolClient, schema: string, place: string): Promise<void> {
  const version = await readVersion(client, schema, place);
  if (version === 0) {
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await client.query(`CREATE TABLE ${schema}.version (version INTEGER NOT NULL)`);
    await client.query(`INSERT INTO ${schema}.version VALUES (0)`);
  }
  for (const migration of migrations.slice(version)) {
    for (const text of migration(postgresDialect)) await client.query(patient(text));
  }
  await client.query(`UPDATE ${schema}.version SET version = $1`, [migrations.length]);
}

function patient(text: string): QueryConfig & { readonly query_timeout: number } {
  return { text, query_timeout: 24 * 60 * 60 * 1000 };
}
