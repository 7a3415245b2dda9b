import type { Dialect } from '../schema/tables.ts';

export const sqliteDialect: Dialect = {
  text: 'TEXT',
  bytes: 'BLOB',
  clustered: 'WITHOUT ROWID',
  updated: 'WITHOUT ROWID',
};
