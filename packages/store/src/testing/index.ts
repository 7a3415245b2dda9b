export { sharedPostgresUrl, startPostgres } from './postgres-server.ts';
export type { PostgresServer } from './postgres-server.ts';
export { readDatabaseTexts, readStateTexts } from './read-journal-texts.ts';
export { createTestDatabase } from './test-database.ts';
export type { TestDatabase } from './test-database.ts';
