/** What a step takes whose command takes no time: the engine alone, with a journal that keeps it, and the disk alone. */
import { createOatty, defineCatalog, defineCommand } from '@oatty/runtime';
import type { Effect } from '@oatty/types';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { timeOf } from '../compare.ts';
import type { Home } from '../home.ts';

const steps = 200;

/** Where the journal is; default: the state file of the home. */
export interface JournalPlace {
  readonly databaseUrl?: string;
  readonly inMemory?: boolean;
}

export interface Steps {
  /** One run of steps that come one after the other. @returns milliseconds a step */
  readonly time: () => Promise<number>;
  readonly close: () => Promise<void>;
}

export async function openSteps(
  home: Home,
  effect: Effect,
  { databaseUrl, inMemory = false }: JournalPlace = {},
): Promise<Steps> {
  const order = { id: 'ord_1', customer: 'cus_1', status: 'open', total: 3000, note: 'x'.repeat(200) };
  const command = defineCommand({
    summary: 'Takes no time',
    effect,
    input: z.object({}),
    handler: async () => order,
  });
  const catalog = defineCatalog({ vendor: 'bench', title: 'Bench', commands: { step: command } });
  const env = { ...home.env, ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }) };
  const oatty = await createOatty({ env, modules: [catalog], ...(inMemory && { store: 'memory' }) });
  const manifest = {
    workflow: 'durable',
    steps: Array.from({ length: steps }, (_, index) => ({ id: `step_${index}`, run: 'bench step' })),
  };
  const runOnce = async () => {
    const run = await oatty.runs.start({ workflow: { manifest } });
    const { status, error } = await run.wait();
    if (status !== 'succeeded') throw new Error(`The run ${status}: ${error?.message}`);
  };
  return { time: async () => (await timeOf(runOnce)) / steps, close: () => oatty.close() };
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
  const writeRows = async () => {
    for (let row = 0; row < steps; row += 1) insert.run('x'.repeat(300));
  };
  return { time: async () => (await timeOf(writeRows)) / steps, close: async () => database.close() };
}
