/**
 * How the tables came to be, forwards only: each entry brings a state from its index to the next version.
 *
 * An entry that was released never changes.
 */
import { createQueueTables } from './queue-tables.ts';
import { createScheduleOwners, createScheduleTables } from './schedule-tables.ts';
import { numberRows } from './numbered-rows.ts';
import { createTables, indexResumptions, referToCommits } from './tables.ts';
import type { Dialect } from './tables.ts';

export const migrations: readonly ((dialect: Dialect) => readonly string[])[] = [
  createTables,
  createScheduleTables,
  createQueueTables,
  createScheduleOwners,
  referToCommits,
  numberRows,
  indexResumptions,
];
