import type { Dialect } from '../schema/tables.ts';

export const postgresDialect: Dialect = {
  text: 'TEXT COLLATE "C"',
  bytes: 'BYTEA',
  clustered: '',
  updated: 'WITH (fillfactor = 70)',
  bigint: 'BIGINT',
  nextRunNo: "nextval('run_numbers')",
  runCounter: [
    'CREATE SEQUENCE run_numbers',
    "SELECT setval('run_numbers', (SELECT COALESCE(MAX(run_no), 0) + 1 FROM runs), false)",
  ],
  lock: 'LOCK TABLE version IN EXCLUSIVE MODE',
};
