/** Opens the journal where the settings say. */
import type { RunStore, ScheduleStore } from '@oatty/engine';
import type { Database } from './database.ts';
import { createRunStore } from './runs/create-run-store.ts';
import { createScheduleStore } from './schedules/create-schedule-store.ts';
import { makeTables } from './schema/own-tables.ts';
import type { OwnTables } from './schema/own-tables.ts';

export interface JournalSettings {
  /** Where the embedded journal is; `:memory:`, as SQLite calls it, is nowhere: it is gone with the process. */
  readonly stateFile: string;
  /** Address of a PostgreSQL database, for a journal that many machines share; it is used when it is given. */
  readonly databaseUrl?: string;
}

/** What is durable, and the connection that it needs. */
export interface DurableJournal {
  readonly runs: RunStore;
  readonly schedules: ScheduleStore;
  /** The same database for tables of others, which are there when this answers. */
  openTables(tables: OwnTables): Promise<TablesDatabase>;
  /** Writes what was asked for, and lets go of the file or of the server. */
  close(): Promise<void>;
}

type TablesDatabase = Pick<Database, 'run' | 'transact'>;

/**
 * What is wrong with the file or the server is said at the first use: `STORAGE_FAILED` when it cannot be read or written,
 * `STATE_LOCKED` when another process holds it for too long.
 */
export async function openJournal(settings: JournalSettings): Promise<DurableJournal> {
  const database = await chooseDatabase(settings);
  return {
    runs: createRunStore(database),
    schedules: createScheduleStore(database),
    async openTables(tables) {
      await makeTables(database, tables);
      return database;
    },
    close: () => database.close(),
  };
}

// --- internal ---

async function chooseDatabase({ stateFile, databaseUrl }: JournalSettings): Promise<Database> {
  if (databaseUrl === undefined) {
    const { SqliteOnDemand } = await import('./sqlite/sqlite-on-demand.ts');
    return new SqliteOnDemand(stateFile);
  }
  const { PostgresDatabase } = await import('./postgres/postgres-database.ts');
  return new PostgresDatabase({ url: databaseUrl });
}
