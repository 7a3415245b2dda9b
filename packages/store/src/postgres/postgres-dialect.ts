import type { Dialect } from '../schema/tables.ts';

export const postgresDialect: Dialect = {
  text: 'TEXT COLLATE "C"',
  bytes: 'BYTEA',
  clustered: '',
  updated: 'WITH (fillfactor = 70)',
  lock: 'LOCK TABLE version IN EXCLUSIVE MODE',
};
