import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectPostgres, openJournal } from '../src/index.ts';
import { createTestDatabase, sharedPostgresUrl } from '../src/testing/index.ts';
import type { TestDatabase } from '../src/testing/index.ts';

const serverUrl = await sharedPostgresUrl();

describe.skipIf(serverUrl === undefined)('inspectPostgres', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase(serverUrl ?? '');
  });

  afterAll(() => database.drop());

  it('makes no tables, and tells the version of those that are there', async () => {
    expect(await inspectPostgres(database.url)).toMatchObject({ version: 0 });
    expect(await inspectPostgres(database.url)).toMatchObject({ version: 0 });
    const journal = await openJournal({ stateFile: 'not used', databaseUrl: database.url });
    await journal.runs.getRun('run_none');
    await journal.close();
    const { version, known_version: known } = await inspectPostgres(database.url);
    expect(version).toBe(known);
    expect(known).toBeGreaterThan(0);
  });

  it.each([
    ['an unknown user', { username: 'nobody' }, /the user is not let in/, /user and password/],
    ['a database that is not there', { pathname: 'nowhere' }, /there is no such database/, /Create it/],
    ['a port where nobody listens', { port: '1' }, /nobody listens there/, /Start the database/],
  ])('names %s, and no password', async (_, change, message, action) => {
    const url = Object.assign(new URL(database.url), { password: 'hush' }, change).href;
    const refused = inspectPostgres(url);
    await expect(refused).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: expect.stringMatching(message) as string,
      suggestedAction: expect.stringMatching(action) as string,
    });
    await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining('hush') as string });
  });

  it('waits for a server that says nothing no longer than told', async () => {
    await using server = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const asked = inspectPostgres(`postgres://ann@127.0.0.1:${port}/x`, { timeoutMs: 100 });
    await expect(asked).rejects.toMatchObject({
      message: expect.stringContaining('it does not answer') as string,
    });
  });

  it('names a user who may not make the tables', async () => {
    await query(
      database.url,
      'DROP SCHEMA IF EXISTS oatty CASCADE; DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN',
    );
    const url = Object.assign(new URL(database.url), { username: 'reader' }).href;
    await expect(inspectPostgres(url)).rejects.toMatchObject({
      suggestedAction: expect.stringContaining('the right to create a schema') as string,
    });
  });

  it('names tables of a newer oatty', async () => {
    await query(database.url, 'CREATE SCHEMA IF NOT EXISTS oatty; DROP TABLE IF EXISTS oatty.version');
    await query(database.url, 'CREATE TABLE oatty.version AS SELECT 999 AS version');
    await expect(inspectPostgres(database.url)).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: expect.stringContaining('was used by a newer oatty') as string,
    });
  });
});

// --- internal ---

async function query(url: string, text: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(text);
  await client.end();
}
