/** What a step takes whose command takes no time: the engine alone, and with a journal that keeps it. */
import { createOatty, defineCatalog, defineCommand } from '@oatty/runtime';
import type { Effect } from '@oatty/types';
import { join } from 'node:path';
import * as z from 'zod';
import { median, timeOf } from '../compare.ts';
import type { Home } from '../home.ts';

const steps = 200;
const rounds = 15;

/** Where the journal is; default: the state file of the home. */
export interface JournalPlace {
  readonly databaseUrl?: string;
  readonly inMemory?: boolean;
}

/**
 * Runs of steps that come one after the other.
 *
 * @returns milliseconds a step, of the run at the median
 */
export async function timeSteps(
  home: Home,
  effect: Effect,
  { databaseUrl, inMemory = false }: JournalPlace = {},
): Promise<number> {
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
  try {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) times.push(await timeOf(runOnce));
    return median(times) / steps;
  } finally {
    await oatty.close();
  }
}

/** What the disk takes: a row written by SQLite alone, with the settings of the state file. @returns milliseconds at the median */
export async function timeWrites({ folder }: Home): Promise<number> {
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(join(folder, 'floor.db'));
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (text TEXT)');
    const insert = database.prepare('INSERT INTO rows VALUES (?)');
    const times: number[] = [];
    for (let row = 0; row < 1_000; row += 1) {
      times.push(await timeOf(async () => void insert.run('x'.repeat(300))));
    }
    return median(times);
  } finally {
    database.close();
  }
}
