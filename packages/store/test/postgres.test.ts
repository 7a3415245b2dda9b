import type { Work } from '@oatty/types/sql';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { runStoreContract, scheduleStoreContract } from '@oatty/engine/testing';
import { OattyError } from '@oatty/types';
import { Client } from 'pg';
import type { QueryResult } from 'pg';
import { setTimeout } from 'node:timers/promises';
import type { Database } from '../src/database.ts';
import { PostgresDatabase } from '../src/postgres/postgres-database.ts';
import { postgresDialect } from '../src/postgres/postgres-dialect.ts';
import type { PostgresSettings } from '../src/postgres/postgres-database.ts';
import { createRunStore } from '../src/runs/create-run-store.ts';
import { createScheduleStore } from '../src/schedules/create-schedule-store.ts';
import { sharedPostgresUrl, startPostgres } from '../src/testing/index.ts';
import { aLease, anOutput, aRun, noon, owner } from './a-run.ts';
import { olderCommits, olderEvents, olderState, olderVersion } from './older-state.ts';
import { startSwallowingProxy } from './swallowing-proxy.ts';

const url = await sharedPostgresUrl();
const schema = `contract_${process.pid}`;

describe.skipIf(url === undefined)('with PostgreSQL', () => {
  const database = new PostgresDatabase({ url: url ?? '', schema });
  afterAll(async () => {
    await query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await database.close();
  });

  runStoreContract('PostgreSQL', async () => {
    await database.run(function* () {
      yield { texts: ['DELETE FROM runs'], values: [] };
      yield { texts: ['DELETE FROM blobs'], values: [] };
    });
    return createRunStore(database);
  });

  scheduleStoreContract('PostgreSQL', async () => {
    await database.run(function* () {
      yield { texts: ['DELETE FROM schedules'], values: [] };
    });
    return createScheduleStore(database);
  });

  describe('the database', () => {
    it('is made ready once by several who come at once', async () => {
      const name = aSchema();
      const stores = Array.from({ length: 4 }, () => openAt(name));
      await Promise.all(stores.map((store, index) => store.createRun(aRun({ run_id: `run-${index}` }))));
      expect((await stores[0]?.listRuns({ limit: 9 }))?.items).toHaveLength(4);
    });

    it('of an older oatty is brought up to date, and what it told is read', async () => {
      const name = aSchema();
      await writeOlder(name);
      const store = openAt(name);
      await store.createRun(aRun(), aLease());
      await store.append('run-1', owner, anOutput([1]));
      expect(await store.deleteRuns(['old-1'])).toEqual(['old-1']);
      expect(await store.readCommits('old-2')).toEqual(olderCommits('old-2'));
      expect(await store.readEvents('old-2', 0, 10)).toEqual(olderEvents('old-2'));
      expect(await store.readEvents('run-1', 0, 10)).toMatchObject([{ seq: 1, result: { output: [1] } }]);
    });

    it('may take longer to be brought up to date than an answer', async () => {
      const name = aSchema();
      const older = await writeOlder(name);
      await older.query('BEGIN; SELECT 1 FROM runs');
      const opened = openAt(name, { answerTimeoutMs: 1_000, patienceMs: 0 }).listRuns({ limit: 9 });
      await setTimeout(2_000);
      await older.query('COMMIT');
      expect((await opened).items).toHaveLength(2);
    });

    it('of a newer oatty is refused and left alone', async () => {
      const name = aSchema();
      await openAt(name).createRun(aRun());
      await query(`UPDATE ${name}.version SET version = 999`);
      await expect(openAt(name).getRun('run-1')).rejects.toMatchObject({
        code: 'STORAGE_FAILED',
        options: { context: { version: 999 } },
      });
    });

    it.each([
      ['nobody listens', (given: URL) => (given.port = '1')],
      ['it does not exist', (given: URL) => (given.pathname = '/nowhere')],
    ])('is named without its password when it cannot be used: %s', async (_, change) => {
      const address = new URL(url ?? '');
      change(address);
      address.password = 'the-password';
      const store = createRunStore(new PostgresDatabase({ url: address.href, patienceMs: 0 }));
      const error: unknown = await store.getRun('run-1').catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'STORAGE_FAILED', message: expect.stringContaining(address.host) });
      expect(JSON.stringify(error)).not.toContain('the-password');
    });

    it('that keeps a row too long is STATE_LOCKED', async () => {
      const name = aSchema();
      const store = openAt(name, { lockTimeoutMs: 100 });
      await store.createRun(aRun(), aLease());
      const other = await connect();
      await other.query(`BEGIN; SELECT 1 FROM ${name}.runs FOR UPDATE`);
      await expect(store.append('run-1', owner, { at: noon })).rejects.toMatchObject({
        code: 'STATE_LOCKED',
      });
      await other.query('ROLLBACK');
      await store.append('run-1', owner, { at: noon });
    });

    it('whose connections are all in use says so, and sends nothing', async () => {
      const settings = { url: url ?? '', schema: aSchema(), connectTimeoutMs: 1_000 };
      const hasty = openDatabase({ ...settings, patienceMs: 0 });
      const patient = openDatabase({ ...settings, patienceMs: 15_000 });
      const sleeps = Array.from({ length: 10 }, () => patient.run(() => sleepFor(2)));
      const other = Array.from({ length: 11 }, () => hasty.run(() => sleepFor(2)));
      const ends = await Promise.allSettled(other);
      expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: {
          code: 'STORAGE_FAILED',
          message: expect.stringContaining('all connections of this process'),
          options: { retryable: true },
        },
      });
      await expect(patient.run(() => sleepFor(0))).resolves.toBeUndefined(); // who has the time waits for one
      await Promise.all(sleeps);
    });
  });

  it('keeps a long value once, whoever writes it at the same time', async () => {
    const name = aSchema();
    const store = openAt(name);
    const rows = Array.from({ length: 2_000 }, (_, id) => ({ id, name: 'again and again' }));
    const ids = ['run-1', 'run-2', 'run-3', 'run-4'];
    await Promise.all(
      ids.map(async (run_id) => {
        await store.createRun(aRun({ run_id }), aLease());
        await store.append(run_id, owner, anOutput(rows));
      }),
    );
    expect((await query(`SELECT count(*)::int AS blobs FROM ${name}.blobs`)).rows).toEqual([{ blobs: 1 }]);
    expect((await store.readCommits('run-4'))[0]?.result.output).toEqual(rows);
  });
});

describe.skipIf(url === undefined)('connections that are lost under writes', () => {
  it('take nothing with them that was confirmed', async () => {
    const name = aSchema();
    const store = openAt(name);
    const runIds = Array.from({ length: 8 }, (_, index) => `run-${index}`);
    for (const run_id of runIds) await store.createRun(aRun({ run_id }), aLease());
    const other = await connect();
    const killing = (async () => {
      for (let round = 0; round < 8; round += 1) {
        await other.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE application_name = 'oatty' AND query LIKE '%runs%' AND pid <> pg_backend_pid()
            AND datname = current_database()`);
        await setTimeout(50);
      }
    })();
    const ends = await Promise.all(
      runIds.map(async (runId) => {
        const confirmed: string[] = [];
        const errors: unknown[] = [];
        for (let step = 0; step < 20; step += 1) {
          await store.append(runId, owner, anOutput(step, `step-${step}`)).then(
            () => confirmed.push(`step-${step}`),
            (thrown: unknown) => errors.push(thrown),
          );
        }
        return { runId, confirmed, errors };
      }),
    );
    await killing;
    for (const { runId, confirmed, errors } of ends) {
      const steps = (await store.readCommits(runId)).map(({ step_id }) => step_id);
      expect(steps).toEqual(expect.arrayContaining(confirmed));
      expect(new Set(steps).size).toBe(steps.length);
      expect(errors).toEqual(errors.map(() => expect.objectContaining({ code: 'STORAGE_FAILED' })));
    }
  });
});

describe.skipIf(url === undefined)('a connection that is lost before the answer', () => {
  it('makes no run that its starter does not hear of', async () => {
    const database = openDatabase({ url: url ?? '', schema: aSchema() });
    const store = createRunStore(losingAnswers(database));
    await store.createRun(aRun({ run_id: 'held' }), aLease());
    await store.createRun(aRun({ run_id: 'in line', queue: { name: 'q', priority: 0 } }), aLease());
    expect(await store.getRun('held')).toMatchObject({ run_id: 'held' });
    await expect(
      store.createRun(aRun({ run_id: 'held' }), { ...aLease(), owner: 'x' }),
    ).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
    });
  });
});

describe.skipIf(url === undefined)('connections on which packets get lost', () => {
  it('are given up, and others are made', async () => {
    const address = new URL(url ?? '');
    const proxy = await startSwallowingProxy(address.hostname, Number(address.port));
    onTestFinished(() => proxy.close());
    address.port = String(proxy.port);
    const store = openAt(aSchema(), { url: address.href, answerTimeoutMs: 500 });
    await store.createRun(aRun(), aLease());
    const reads = Array.from({ length: 5 }, () => store.getRun('run-1'));
    await Promise.all(reads); // so many connections are there now
    proxy.swallow();
    const asked = [store.append('run-1', owner, anOutput(1)), store.requestCancel('run-1')];
    expect(await Promise.allSettled(asked)).toMatchObject(
      asked.map(() => ({
        reason: { code: 'STORAGE_FAILED', message: expect.stringContaining('not answer') },
      })),
    );
    await vi.waitFor(
      async () => expect(await store.getRun('run-1')).toMatchObject({ run_id: 'run-1' }),
      10_000,
    );
    await store.append('run-1', owner, anOutput(1));
  });
});

describe('a PostgreSQL that restarts', () => {
  it('is waited for, and nothing that was committed is lost', async ({ skip }) => {
    const server = await startPostgres();
    if (server === undefined) return skip();
    onTestFinished(() => server.stop());
    const database = new PostgresDatabase({ url: server.url });
    onTestFinished(() => database.close());
    const store = createRunStore(database);
    await store.createRun(aRun(), aLease());
    await store.append('run-1', owner, anOutput(1, 'a'));
    const restarting = server.restart();
    await store.append('run-1', owner, anOutput(2, 'b'));
    await restarting;
    await store.append('run-1', owner, anOutput(3, 'c'));
    expect((await store.readCommits('run-1')).map(({ step_id }) => step_id)).toEqual(['a', 'b', 'c']);
  });
});

// --- internal ---

let schemas = 0;

async function writeOlder(name: string): Promise<Client> {
  const client = await connect();
  await client.query(`CREATE SCHEMA ${name}; SET search_path = ${name}; CREATE TABLE version (version INTEGER);
    INSERT INTO version VALUES (${olderVersion}); ${olderState(postgresDialect).join(';\n')}`);
  return client;
}

function aSchema(): string {
  const name = `test_${process.pid}_${(schemas += 1)}`;
  onTestFinished(async () => void (await query(`DROP SCHEMA IF EXISTS ${name} CASCADE`)));
  return name;
}

function openAt(name: string, settings: object = {}) {
  return createRunStore(openDatabase({ url: url ?? '', schema: name, ...settings }));
}

function openDatabase(settings: PostgresSettings): PostgresDatabase {
  const database = new PostgresDatabase(settings);
  onTestFinished(() => database.close());
  return database;
}

/** What was asked for is done, and nobody hears of it. */
function losingAnswers(database: Database): Database {
  return {
    dialect: database.dialect,
    run: (work) => database.run(work),
    async transact(work) {
      await database.transact(work);
      throw new OattyError('STORAGE_FAILED', 'The connection was lost.');
    },
    write: (rows) => database.write(rows),
    toDatabaseTime: (instant) => database.toDatabaseTime(instant),
    close: () => database.close(),
  };
}

function* sleepFor(seconds: number): Work<void> {
  yield { texts: ['SELECT pg_sleep(', ')'], values: [seconds] };
}

async function connect(): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

async function query(text: string): Promise<QueryResult> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}
