/** Where runs are kept. */
import type { RunStore, ScheduleStore } from '@oatty/engine';
import type { DurableJournal } from '@oatty/store';
import { OattyError } from '@oatty/types';
import type { World } from './world.ts';

export async function openStore({ options, journal }: World): Promise<RunStore> {
  if (options.store === 'memory') return (await import('@oatty/engine')).createMemoryRunStore();
  return options.store ?? (await journal()).runs;
}

/** @throws {OattyError} `STORAGE_FAILED` when a store was given: it is one for runs */
export async function openScheduleStore({ options, journal }: World): Promise<ScheduleStore> {
  if (options.store === 'memory') return (await import('@oatty/engine')).createMemoryScheduleStore();
  if (options.store === undefined) return (await journal()).schedules;
  throw new OattyError('STORAGE_FAILED', 'The store that oatty was opened with keeps no schedules.', {
    suggestedAction: 'Open oatty without a store of your own, or with memory.',
  });
}

/** In memory it holds what others keep in it: tasks. */
export async function openWorldJournal({ env, paths, options }: World): Promise<DurableJournal> {
  const { openJournal } = await import('@oatty/store');
  if (options.store === 'memory') return openJournal({ stateFile: ':memory:' });
  const databaseUrl = env['DATABASE_URL']?.trim();
  return openJournal({ stateFile: paths.stateFile, ...(databaseUrl && { databaseUrl }) });
}
