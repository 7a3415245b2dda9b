/** What the tasks need of the world; the runtime puts it in. */
import type { Work } from '@oatty/types/sql';
import type { UserSchedules } from './schedules/user-schedules.ts';

export interface TasksPorts {
  /** With the tables of `tasksTables`; asked for at the first call of a command. */
  readonly database: () => Promise<TasksDatabase>;
  readonly clock: { now(): Date };
  /** Time zone of the person at this machine; other users have UTC until they set one. */
  readonly localTimeZone: string;
  readonly schedules: UserSchedules;
}

export interface TasksDatabase {
  /** Each statement by itself. */
  run<Result>(work: () => Work<Result>): Promise<Result>;
  /** All statements or none. */
  transact<Result>(work: () => Work<Result>): Promise<Result>;
}
