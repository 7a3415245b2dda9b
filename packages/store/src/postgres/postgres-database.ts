/**
 * A PostgreSQL server that machines share.
 *
 *   P1. Nothing is asked of the server before the first use; the tables are made or brought up to date then, by one of
 *       those who come at once.
 *   P2. What was certainly not done because the server is away for a moment is tried again for some seconds; what may
 *       have been done is not.
 *   P3. Instants of leases are told in the time of the server, so that clocks of machines may differ, and may be set.
 *   P4. A connection on which an answer did not come is used no more: packets that get lost somewhere break nothing for
 *       a quarter of an hour.
 */
import { setTimeout } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { Database } from '../database.ts';
import { asksAndWaits, wakeIfAnswered } from '../runs/write-rows.ts';
import type { WriteRows } from '../runs/write-rows.ts';
import { toText } from '@oatty/types/sql';
import type { Row, Sql, Work } from '@oatty/types/sql';
import { migrate } from './migrate.ts';
import { placeOf } from './place-of.ts';
import { postgresDialect } from './postgres-dialect.ts';
import { isCollision, isPassing, isUnanswered, toPostgresError } from './postgres-error.ts';
import { writeRowsAtOnce } from './write-rows-at-once.ts';

export interface PostgresSettings {
  readonly url: string;
  /** Where the tables are; default `oatty`. */
  readonly schema?: string;
  /** How long a server that is away is waited for. */
  readonly patienceMs?: number;
  /** How long a connection is waited for: that it is made, or that others here need it no more. */
  readonly connectTimeoutMs?: number;
  /** How long a row that somebody else writes is waited for. */
  readonly lockTimeoutMs?: number;
  /** How long the answer to a statement is waited for; longer than the server takes for one. */
  readonly answerTimeoutMs?: number;
}

export class PostgresDatabase implements Database {
  readonly dialect = postgresDialect;
  readonly #settings: Required<PostgresSettings>;
  readonly #place: string;
  readonly #names = new Map<string, string>();
  #pool: Promise<Pool> | undefined;
  #ended: Promise<void> | undefined;
  /** P3 */
  #skewMs = 0;
  /** Of this machine, at the time when that was measured. */
  #clock = clockAgainstUptime();

  constructor(settings: PostgresSettings) {
    this.#settings = { ...defaults, ...settings };
    this.#place = placeOf(settings.url);
  }

  async run<Result>(work: () => Work<Result>): Promise<Result> {
    return this.#attempt(async (pool) => {
      const client = await pool.connect();
      try {
        const result = await this.#converse(client, work());
        client.release();
        return result;
      } catch (thrown) {
        client.release(isUnanswered(thrown)); // P4
        throw thrown;
      }
    });
  }

  async transact<Result>(work: () => Work<Result>): Promise<Result> {
    return this.#attempt(async (pool) => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const result = await this.#converse(client, work());
        await client.query('COMMIT');
        client.release();
        return result;
      } catch (thrown) {
        if (isUnanswered(thrown)) client.release(true); // P4
        else await rollBack(client);
        throw thrown;
      }
    });
  }

  write(rows: WriteRows): Promise<boolean> {
    if (!asksAndWaits(rows)) return this.run(() => writeRowsAtOnce(rows));
    return this.transact(function* () {
      const isWritten = yield* writeRowsAtOnce(rows);
      if (isWritten) yield* wakeIfAnswered(rows);
      return isWritten;
    });
  }

  toDatabaseTime(instant: string): string {
    return this.#skewMs === 0 ? instant : new Date(Date.parse(instant) + this.#skewMs).toISOString();
  }

  /** Closing again waits for the same end. */
  async close(): Promise<void> {
    const pool = await this.#pool?.catch(() => undefined);
    await (this.#ended ??= pool?.end());
  }

  // --- internal ---

  /** P2 */
  async #attempt<Result>(work: (pool: Pool) => Promise<Result>): Promise<Result> {
    const deadline = performance.now() + this.#settings.patienceMs;
    for (let collisions = 0; ;) {
      try {
        const pool = await this.#open();
        await this.#followClock(pool);
        return await work(pool);
      } catch (thrown) {
        const mayPass = isPassing(thrown) && performance.now() < deadline;
        if (isCollision(thrown)) collisions += 1;
        if (!mayPass && !(isCollision(thrown) && collisions < maxCollisions)) {
          throw toPostgresError(thrown, this.#place);
        }
        await setTimeout(mayPass ? 100 : 5);
      }
    }
  }

  /** P1. After a failure the next call tries again. */
  #open(): Promise<Pool> {
    this.#pool ??= this.#connect().catch((thrown: unknown) => {
      this.#pool = undefined;
      throw thrown;
    });
    return this.#pool;
  }

  async #connect(): Promise<Pool> {
    const { Pool } = await import('pg');
    const { url, schema, connectTimeoutMs, lockTimeoutMs, answerTimeoutMs } = this.#settings;
    const pool = new Pool({
      connectionString: url,
      application_name: 'oatty',
      max: maxConnections,
      connectionTimeoutMillis: connectTimeoutMs,
      statement_timeout: 30_000,
      query_timeout: answerTimeoutMs,
      lock_timeout: lockTimeoutMs,
      idle_in_transaction_session_timeout: 10_000,
      keepAlive: true,
      options: `-c search_path=${schema}`,
    });
    pool.on('error', () => {}); // a connection that breaks while nobody uses it is replaced
    // One that breaks between two questions says so at the next one; the pool listens only while nobody uses it.
    pool.on('connect', (client) => client.on('error', () => {}));
    try {
      await migrate(pool, schema, this.#place);
      await this.#measureSkew(pool);
      return pool;
    } catch (thrown) {
      await pool.end();
      throw thrown;
    }
  }

  /** P3 */
  async #followClock(pool: Pool): Promise<void> {
    if (Math.abs(clockAgainstUptime() - this.#clock) > harmlessSkewMs) await this.#measureSkew(pool);
  }

  async #measureSkew(pool: Pool): Promise<void> {
    const { rows } = await pool.query<{ readonly now: Date }>('SELECT clock_timestamp() AS now');
    const skewMs = (rows[0]?.now.getTime() ?? Date.now()) - Date.now();
    this.#clock = clockAgainstUptime();
    this.#skewMs = Math.abs(skewMs) < harmlessSkewMs ? 0 : skewMs;
  }

  async #converse<Result>(client: PoolClient, work: Work<Result>): Promise<Result> {
    let turn = work.next([]);
    while (turn.done !== true) turn = work.next(await this.#query(client, turn.value));
    return turn.value;
  }

  /** Named, so that the server plans each statement once per connection. */
  async #query(client: PoolClient, query: Sql): Promise<readonly Row[]> {
    const text = toText(query, (position) => `$${position}`);
    let name = this.#names.get(text);
    if (name === undefined) {
      name = `oatty_${this.#names.size}`;
      this.#names.set(text, name);
    }
    const { rows } = await client.query<Row>({ name, text, values: [...query.values] });
    return rows;
  }
}

// --- internal ---

const defaults = {
  schema: 'oatty',
  patienceMs: 8_000,
  connectTimeoutMs: 5_000,
  lockTimeoutMs: 5_000,
  answerTimeoutMs: 35_000,
} as const;
const maxConnections = 10;
const maxCollisions = 5;

/** Smaller differences come from the way to the server and harm nobody. */
const harmlessSkewMs = 1_000;

async function rollBack(client: PoolClient): Promise<void> {
  await client.query('ROLLBACK').then(
    () => client.release(),
    () => client.release(true),
  );
}

/** Changes only when somebody sets the clock, or the machine sleeps. */
function clockAgainstUptime(): number {
  return Date.now() - performance.now();
}
