/**
 * One connection to a SQLite file.
 *
 *   D1. Statements answer at once, so work of one process never mixes.
 *   D2. Transactions that are asked for in one turn share one trip to the disk. Each of them is whole or not at all: one
 *       that throws takes back its own statements, and a trip that fails fails for all of them.
 *   D3. A file that was removed or replaced meanwhile is written no more, and no more is one whose log was: what went there,
 *       nobody would find. What is in a removed log already goes into the file when this is closed. The log is never asked
 *       for its times: on Linux the next write would have to keep a new one, which makes it a third slower.
 */
import { OattyError } from '@oatty/types';
import { existsSync, statSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Database } from '../database.ts';
import { writeRows } from '../runs/write-rows.ts';
import type { WriteRows } from '../runs/write-rows.ts';
import { toText } from '@oatty/types/sql';
import type { Row, Sql, Work } from '@oatty/types/sql';
import { sqliteDialect } from './sqlite-dialect.ts';
import { toSqliteError } from './sqlite-error.ts';
import { untilFree } from './until-free.ts';

export class SqliteDatabase implements Database {
  readonly dialect = sqliteDialect;
  readonly #connection: DatabaseSync;
  readonly #path: string;
  readonly #maxWaitMs: number;
  /** D3 */
  readonly #file: bigint | undefined;
  readonly #hasLog: boolean;
  readonly #statements = new Map<string, StatementSync>();
  /** Transactions for the next trip. */
  #asked: Asked[] = [];
  /** The trips, one after the other. */
  #trips: Promise<void> = Promise.resolve();

  /** @param maxWaitMs - how long a lock of another process is waited for */
  constructor(connection: DatabaseSync, path: string, maxWaitMs = 5_000) {
    this.#connection = connection;
    this.#path = path;
    this.#maxWaitMs = maxWaitMs;
    this.#file = fileAt(path);
    this.#hasLog = existsSync(`${path}-wal`);
  }

  async run<Result>(work: () => Work<Result>): Promise<Result> {
    this.#refuseClosed();
    try {
      return await untilFree(() => this.#converse(work()), this.#maxWaitMs);
    } catch (thrown) {
      throw toSqliteError(thrown, 'read', this.#path);
    }
  }

  async transact<Result>(work: () => Work<Result>): Promise<Result> {
    this.#refuseClosed();
    return new Promise((resolve, reject) => {
      this.#asked.push({ work, resolve: resolve as (result: unknown) => void, reject });
      if (this.#asked.length > 1) return;
      this.#trips = this.#trips.then(nextTurn).then(() => this.#travel());
    });
  }

  write(rows: WriteRows): Promise<boolean> {
    return this.transact(() => writeRows(rows));
  }

  /** One machine, one clock. */
  toDatabaseTime(instant: string): string {
    return instant;
  }

  /** What was asked for before is still written. */
  async close(): Promise<void> {
    await this.#trips;
    if (this.#connection.isOpen) this.#connection.close();
  }

  // --- internal ---

  /** D2 */
  async #travel(): Promise<void> {
    const asked = this.#asked;
    this.#asked = [];
    try {
      this.#refuseLost();
      for (const settle of await untilFree(() => this.#commit(asked), this.#maxWaitMs)) settle();
    } catch (thrown) {
      const error = toSqliteError(thrown, 'write', this.#path);
      for (const { reject } of asked) reject(error);
    }
  }

  /** @returns what to tell those who asked, once all is on the disk */
  #commit(asked: readonly Asked[]): readonly (() => void)[] {
    this.#connection.exec('BEGIN IMMEDIATE');
    try {
      const isShared = asked.length > 1;
      const settled = asked.map((transaction) => this.#carryOut(transaction, isShared));
      this.#connection.exec('COMMIT');
      return settled;
    } catch (thrown) {
      if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
      throw thrown;
    }
  }

  /** @throws what takes the whole trip back: a full disk, say */
  #carryOut({ work, resolve, reject }: Asked, isShared: boolean): () => void {
    if (isShared) this.#connection.exec('SAVEPOINT one');
    try {
      const result = this.#converse(work());
      if (isShared) this.#connection.exec('RELEASE one');
      return () => resolve(result);
    } catch (thrown) {
      if (!(thrown instanceof OattyError)) throw thrown;
      if (isShared) this.#connection.exec('ROLLBACK TO one; RELEASE one');
      else this.#connection.exec('ROLLBACK; BEGIN');
      return () => reject(thrown);
    }
  }

  #converse<Result>(work: Work<Result>): Result {
    let turn = work.next([]);
    while (turn.done !== true) turn = work.next(this.#query(turn.value));
    return turn.value;
  }

  #query(query: Sql): readonly Row[] {
    const text = toText(query, () => '?');
    let statement = this.#statements.get(text);
    if (statement === undefined) {
      statement = this.#connection.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement.all(...query.values);
  }

  /** D3 */
  #refuseLost(): void {
    const path = this.#path;
    if (fileAt(path) !== this.#file) {
      throw new OattyError('STORAGE_FAILED', `${path} was removed or replaced while it was open.`, {
        suggestedAction: 'End all processes of oatty, put the file in its place, and start them again.',
        context: { path },
      });
    }
    const log = `${path}-wal`;
    if (!this.#hasLog || existsSync(log)) return;
    throw new OattyError('STORAGE_FAILED', `The log ${log} was removed while it was open.`, {
      suggestedAction: `End all processes of oatty, which write what they have of it into ${path}, and start them again.`,
      context: { path: log },
    });
  }

  #refuseClosed(): void {
    if (this.#connection.isOpen) return;
    throw new OattyError('STORAGE_FAILED', `${this.#path} was closed.`, {
      suggestedAction: 'Open oatty again.',
      context: { path: this.#path },
    });
  }
}

// --- internal ---

interface Asked {
  readonly work: () => Work<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Which file has the name now; `undefined` where none has. */
function fileAt(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}

/** What comes in meanwhile travels along. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
