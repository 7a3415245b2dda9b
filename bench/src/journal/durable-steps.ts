/**
 * What a step takes whose command takes no time: the engine alone, with a journal that keeps it, and the disk alone.
 *
 * From one call to the next, so start and end of the run do not count.
 */
import { createOatty, defineCatalog, defineCommand } from '@oatty/runtime';
import type { Effect } from '@oatty/types';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { median } from '../compare.ts';
import type { Home } from '../home.ts';

const steps = 200;

/** Where the journal is; default: the state file of the home. */
export interface JournalPlace {
  readonly databaseUrl?: string;
  readonly inMemory?: boolean;
}

export interface Steps {
  /** One run of steps that come one after the other. @returns the median of the steps, in milliseconds */
  readonly time: () => Promise<number>;
  readonly close: () => Promise<void>;
}

export async function openSteps(
  home: Home,
  effect: Effect,
  { databaseUrl, inMemory = false }: JournalPlace = {},
): Promise<Steps> {
  const order = { id: 'ord_1', customer: 'cus_1', status: 'open', total: 3000, note: 'x'.repeat(200) };
  const calls: number[] = [];
  const command = defineCommand({
    summary: 'Takes no time',
    effect,
    input: z.object({}),
    handler: async () => {
      calls.push(performance.now());
      return order;
    },
  });
  const catalog = defineCatalog({ vendor: 'bench', title: 'Bench', commands: { step: command } });
  const env = { ...home.env, ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }) };
  const oatty = await createOatty({ env, modules: [catalog], ...(inMemory && { store: 'memory' }) });
  const manifest = {
    workflow: 'durable',
    steps: Array.from({ length: steps }, (_, index) => ({ id: `step_${index}`, run: 'bench step' })),
  };
  const time = async () => {
    calls.length = 0;
    const run = await oatty.runs.start({ workflow: { manifest } });
    const { status, error } = await run.wait();
    if (status !== 'succeeded') throw new Error(`The run ${status}: ${error?.message}`);
    return medianBetween(calls);
  };
  return { time, close: () => oatty.close() };
}

/**
 * As many rows as a run has steps, written one after the other by SQLite alone, with the settings of the state file: what
 * the disk takes.
 */
export function openRows({ folder }: Home): Steps {
  const database = new DatabaseSync(join(folder, 'floor.db'));
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS rows (text TEXT)',
  );
  const insert = database.prepare('INSERT INTO rows VALUES (?)');
  const time = async () => {
    const writes: number[] = [];
    for (let row = 0; row < steps; row += 1) {
      insert.run('x'.repeat(300));
      writes.push(performance.now());
    }
    return medianBetween(writes);
  };
  return { time, close: async () => database.close() };
}

// --- internal ---

function medianBetween(instants: readonly number[]): number {
  return median(instants.slice(1).map((instant, index) => instant - (instants[index] ?? instant)));
}
