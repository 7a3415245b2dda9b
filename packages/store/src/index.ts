export { openJournal } from './open-journal.ts';
export type { DurableJournal, JournalSettings } from './open-journal.ts';
export { inspectPostgres } from './postgres/inspect-postgres.ts';
export { inspectSqlite } from './sqlite/inspect-sqlite.ts';
export type { StateInspection } from './sqlite/inspect-sqlite.ts';
