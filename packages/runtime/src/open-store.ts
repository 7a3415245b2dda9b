/** Where runs are kept. */
import type { RunStore } from '@oatty/engine';
import type { DurableJournal } from '@oatty/store';
import type { World } from './world.ts';

export async function openStore({ options, journal }: World): Promise<RunStore> {
  if (options.store === 'memory') return (await import('@oatty/engine')).createMemoryRunStore();
  return options.store ?? (await journal()).runs;
}

export async function openWorldJournal({ env, paths }: World): Promise<DurableJournal> {
  const { openJournal } = await import('@oatty/store');
  const databaseUrl = env['DATABASE_URL']?.trim();
  return openJournal({ stateFile: paths.stateFile, ...(databaseUrl && { databaseUrl }) });
}
