export { openJournal } from './open-journal.ts';
export type { DurableJournal, JournalSettings } from './open-journal.ts';
