/** What the journal needs of a database; `sqlite/` and `postgres/` are the two that there are. */
import type { Work } from '@oatty/types/sql';
import type { WriteRows } from './runs/write-rows.ts';
import type { Dialect } from './schema/tables.ts';

export interface Database {
  /** In which words its tables are made. */
  readonly dialect: Dialect;
  /** Each statement by itself. */
  run<Result>(work: () => Work<Result>): Promise<Result>;
  /** All statements or none; nobody else writes to the same rows meanwhile. Work that throws is taken back. */
  transact<Result>(work: () => Work<Result>): Promise<Result>;
  /**
   * Writes to a run that the owner holds, in as few trips as the database allows.
   *
   * @returns `false` when the run is not there, held by somebody else, or in another state: nothing is written then
   */
  write(rows: WriteRows): Promise<boolean>;
  /** The instant as the database would tell it: clocks of machines differ. */
  toDatabaseTime(instant: string): string;
  close(): Promise<void>;
}
