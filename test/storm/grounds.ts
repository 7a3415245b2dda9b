/** Where a storm is raised: the homes of a journal, with several connections to each. */
import { createMemoryRunStore, createMemoryScheduleStore } from '@oatty/engine';
import { openJournal } from '@oatty/store';
import { createTestDatabase } from '@oatty/store/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StormJournal } from './over-journal.ts';

export interface Grounds {
  /** Processes share them, one after the other. */
  readonly connections: readonly [StormJournal, ...StormJournal[]];
  close(): Promise<void>;
}

export type OpenGrounds = () => Promise<Grounds>;

export const inMemory: OpenGrounds = async () => ({
  connections: [{ runs: createMemoryRunStore(), schedules: createMemoryScheduleStore() }],
  close: async () => {},
});

export const inStateFile: OpenGrounds = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'oatty-storm-'));
  const settings = { stateFile: join(directory, 'state.db') };
  return connect(settings, () => rm(directory, { recursive: true, force: true }));
};

/** Each storm has a database of its own there. */
export function inPostgres(serverUrl: string): OpenGrounds {
  return async () => {
    const database = await createTestDatabase(serverUrl);
    return connect({ stateFile: '', databaseUrl: database.url }, () => database.drop());
  };
}

// --- internal ---

async function connect(
  settings: Parameters<typeof openJournal>[0],
  remove: () => Promise<void>,
): Promise<Grounds> {
  const first = await openJournal(settings);
  const others = await Promise.all([openJournal(settings), openJournal(settings)]);
  return {
    connections: [first, ...others],
    async close() {
      for (const journal of [first, ...others]) await journal.close();
      await remove();
    },
  };
}
