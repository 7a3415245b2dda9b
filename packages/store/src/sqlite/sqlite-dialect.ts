import type { Dialect } from '../schema/tables.ts';

export const sqliteDialect: Dialect = {
  text: 'TEXT',
  bytes: 'BLOB',
  clustered: 'WITHOUT ROWID',
  updated: 'WITHOUT ROWID',
  bigint: 'INTEGER', // the only name by which SQLite takes a key for the order of the rows
  nextRunNo: '(SELECT COALESCE(MAX(run_no), 0) + 1 FROM runs)',
  runCounter: [],
};
