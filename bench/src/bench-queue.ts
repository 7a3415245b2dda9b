/** What a queue costs: runs through three workers against the same in one process, and how soon a free worker begins. */
import { createOatty } from '@oatty/runtime';
import type { Oatty } from '@oatty/runtime';
import { createTestDatabase, sharedPostgresUrl } from '@oatty/store/testing';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { binary } from './child.ts';
import { median, timeOf } from './compare.ts';
import { withHome } from './home.ts';
import type { Result } from './result.ts';

const runs = 300;
const runsAtOnce = 20;
const workers = 3;

export async function benchQueue(): Promise<readonly Result[] | string> {
  const serverUrl = await sharedPostgresUrl({ syncs: true });
  const onFile = await withHome(({ folder }) => benchIn('state file', folder, {}));
  if (serverUrl === undefined) return onFile;
  const database = await createTestDatabase(serverUrl);
  try {
    const env = { DATABASE_URL: database.url };
    return [...onFile, ...(await withHome(({ folder }) => benchIn('PostgreSQL', folder, env)))];
  } finally {
    await database.drop();
  }
}

// --- internal ---

async function benchIn(
  place: string,
  folder: string,
  more: Readonly<Record<string, string>>,
): Promise<readonly Result[]> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    REGISTRY_CONFIG_PATH: join(folder, 'registry.json'),
    ...more,
  };
  const oatty = await createOatty({ env });
  const alone = await timeOf(() => startAll(oatty, false));
  const children = await Promise.all(Array.from({ length: workers }, () => startWorker(env)));
  try {
    const waits = await timeBeginnings(oatty);
    const throughQueue = await timeOf(async () => {
      await startAll(oatty, true);
      while ((await oatty.runs.queues()).items.length > 0) await setTimeout(20);
    });
    return [
      toRate(`${runs} runs of nothing, one process, ${place}`, alone),
      toRate(`the same through a queue and ${workers} workers, ${place}`, throughQueue),
      {
        kind: 'time',
        name: `from the start of a run to its claim by an idle worker, ${place}`,
        ms: median(waits),
      },
    ];
  } finally {
    await Promise.all(children.map(end));
    await oatty.close();
  }
}

/** A step that is skipped: what is measured is the queue and the journal. */
const manifest = {
  workflow: 'nothing',
  steps: [{ id: 'skipped', run: 'oatty approval', if: false, with: { message: 'Nothing?' } }],
};

async function startAll(oatty: Oatty, isQueued: boolean): Promise<void> {
  for (let started = 0; started < runs; started += runsAtOnce) {
    await Promise.all(Array.from({ length: runsAtOnce }, () => startOne(oatty, isQueued)));
  }
}

async function startOne(oatty: Oatty, isQueued: boolean): Promise<void> {
  const queue = isQueued ? { queue: { name: 'bench', leave: true } } : {};
  const run = await oatty.runs.start({ workflow: { manifest }, ...queue });
  if (!isQueued) await run.wait();
}

/** @returns milliseconds, of the clock that both share */
async function timeBeginnings(oatty: Oatty): Promise<readonly number[]> {
  const waits: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    const handle = await oatty.runs.start({ workflow: { manifest }, queue: { name: 'bench', leave: true } });
    const { created_at, claimed_at } = await oatty.runs.wait(handle.run_id);
    waits.push(Date.parse(claimed_at ?? '') - Date.parse(created_at));
    await setTimeout(30 + round * 7); // not in step with the looks of the workers
  }
  return waits;
}

async function startWorker(env: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const child = spawn(process.execPath, [binary, 'worker'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  await once(child.stderr, 'data');
  child.stderr.resume();
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

function toRate(name: string, ms: number): Result {
  const figure = `${Math.round((runs / ms) * 1_000).toLocaleString('en')}/s`;
  return { kind: 'figure', name, figure };
}
