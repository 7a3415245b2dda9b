/**
 * The state file, opened when something is first asked of it.
 *
 * Where there is no file yet, a question is answered as by an empty one: reading leaves no trace on the disk. A file that
 * cannot be written answers questions too.
 */
import { existsSync } from 'node:fs';
import type { Database } from '../database.ts';
import type { WriteRows } from '../runs/write-rows.ts';
import type { Work } from '@oatty/types/sql';
import { openSqlite } from './open-sqlite.ts';
import { canWrite, readSqlite } from './read-sqlite.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

export class SqliteOnDemand implements Database {
  readonly dialect = sqliteDialect;
  readonly #path: string;
  #opened: Promise<Database> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async run<Result>(work: () => Work<Result>): Promise<Result> {
    if (this.#opened === undefined && !existsSync(this.#path)) return findNothing(work());
    if (this.#opened === undefined && !canWrite(this.#path)) return readSqlite(this.#path, work);
    return (await this.#open()).run(work);
  }

  async transact<Result>(work: () => Work<Result>): Promise<Result> {
    return (await this.#open()).transact(work);
  }

  async write(rows: WriteRows): Promise<boolean> {
    return (await this.#open()).write(rows);
  }

  toDatabaseTime(instant: string): string {
    return instant;
  }

  async close(): Promise<void> {
    const opened = await this.#opened?.catch(() => undefined);
    await opened?.close();
  }

  // --- internal ---

  /** After a failure the next call tries again. */
  #open(): Promise<Database> {
    this.#opened ??= openSqlite(this.#path).catch((thrown: unknown) => {
      this.#opened = undefined;
      throw thrown;
    });
    return this.#opened;
  }
}

// --- internal ---

function findNothing<Result>(work: Work<Result>): Result {
  let turn = work.next([]);
  while (turn.done !== true) turn = work.next([]);
  return turn.value;
}
