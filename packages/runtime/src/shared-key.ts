/**
 * A random key that every process with the same journal has: for signatures that another of them checks.
 *
 * It protects no secret: whoever can read it can read the journal. Where nothing is durable it lasts as long as the
 * process.
 */
import { first, sql } from '@oatty/types/sql';
import type { Work } from '@oatty/types/sql';
import { randomBytes } from 'node:crypto';
import type { World } from './world.ts';

/** @throws {OattyError} `STORAGE_FAILED`, `STATE_LOCKED` */
export async function openSharedKey({ options, journal }: World): Promise<Buffer> {
  const fresh = randomBytes(keyBytes);
  if (options.store !== undefined) return fresh;
  const tables = await (await journal()).openTables(keyTables);
  return Buffer.from(await tables.run(() => keepOne(fresh.toString('base64'))), 'base64');
}

// --- internal ---

const keyBytes = 32;

const keyTables = {
  name: 'shared_keys',
  migrations: [
    ({ text }: { readonly text: string }) => [
      `CREATE TABLE shared_keys (name ${text} NOT NULL PRIMARY KEY, secret ${text} NOT NULL)`,
    ],
  ],
};

/** The first one stays, whoever else comes with one. */
function* keepOne(fresh: string): Work<string> {
  const kept = yield* first<{ readonly secret: string }>(
    sql`INSERT INTO shared_keys (name, secret) VALUES (${'signatures'}, ${fresh})
      ON CONFLICT (name) DO UPDATE SET name = excluded.name
      RETURNING secret`,
  );
  if (kept === undefined) throw new TypeError('An upsert gives its row.');
  return kept.secret;
}
