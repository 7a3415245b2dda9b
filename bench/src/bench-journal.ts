/**
 * What the journal costs: a durable step, checkpoints of many runs at once, opening the state, and a state that grows.
 *
 * PostgreSQL is measured where one is installed or `OATTY_TEST_DATABASE_URL` names one.
 */
import { openJournal } from '@oatty/store';
import type { DurableJournal } from '@oatty/store';
import { sharedPostgresUrl } from '@oatty/store/testing';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { runNode } from './child.ts';
import { median, timeOf } from './compare.ts';
import { withHome } from './home.ts';
import type { Result } from './result.ts';

type RunStore = DurableJournal['runs'];

const runsAtOnce = 20;
const checkpoints = 4_000;

export async function benchJournal(): Promise<readonly Result[]> {
  const databaseUrl = await sharedPostgresUrl();
  return [
    ...(await withHome(({ folder }) => benchStateFile(join(folder, 'state.db')))),
    ...(databaseUrl === undefined ? [] : await benchPostgres(databaseUrl)),
  ];
}

// --- internal ---

async function benchStateFile(stateFile: string): Promise<readonly Result[]> {
  const journal = await openJournal({ stateFile });
  const steps = await timeSteps(journal.runs);
  const rate = await timeCheckpoints(journal.runs);
  const small = await timeQuestions(journal.runs);
  await journal.close();
  const opening = await timeOpening(stateFile);
  grow(stateFile, 1_000_000);
  const grown = await openJournal({ stateFile });
  const large = await timeQuestions(grown.runs);
  await grown.close();
  return [
    { kind: 'time', name: 'a durable step, state file (call noted, result kept)', ms: steps, targetMs: 0.5 },
    toRate('checkpoints of 20 runs at once, state file', rate, 3_000),
    { kind: 'time', name: 'opening the state file, first question included', ms: opening, targetMs: 15 },
    ...Object.entries(large).map(([name, ms]): Result => {
      const before = small[name] ?? Number.NaN;
      return {
        kind: 'figure',
        name: `${name}: 1,000,000 runs against a few`,
        figure: `${ms.toFixed(2)} ms against ${before.toFixed(2)} ms`,
        target: { text: '≤ 1 ms', isMet: ms <= 1 },
      };
    }),
  ];
}

async function benchPostgres(databaseUrl: string): Promise<readonly Result[]> {
  const journal = await openJournal({ stateFile: '', databaseUrl });
  const steps = await timeSteps(journal.runs);
  const rate = await timeCheckpoints(journal.runs);
  await journal.close();
  return [
    { kind: 'time', name: 'a durable step, PostgreSQL', ms: steps },
    toRate('checkpoints of 20 runs at once, PostgreSQL', rate, 1_500),
  ];
}

function toRate(name: string, perSecond: number, wanted: number): Result {
  return {
    kind: 'figure',
    name,
    figure: `${Math.round(perSecond).toLocaleString('en')}/s`,
    target: { text: `≥ ${wanted.toLocaleString('en')}/s`, isMet: perSecond >= wanted },
  };
}

/** @returns milliseconds at the median */
async function timeSteps(store: RunStore): Promise<number> {
  const runId = await startRun(store);
  const times: number[] = [];
  for (let step = 0; step < 1_000; step += 1) {
    const id = `step-${step}`;
    times.push(
      await timeOf(async () => {
        await store.append(runId, owner, noteOf(id));
        await store.append(runId, owner, resultOf(id));
      }),
    );
  }
  return median(times);
}

/** @returns per second */
async function timeCheckpoints(store: RunStore): Promise<number> {
  const runIds = await Promise.all(Array.from({ length: runsAtOnce }, () => startRun(store)));
  const ms = await timeOf(() =>
    Promise.all(
      runIds.map(async (runId) => {
        for (let step = 0; step < checkpoints / runsAtOnce; step += 1) {
          await store.append(runId, owner, resultOf(`step-${step}`));
        }
      }),
    ),
  );
  return (checkpoints / ms) * 1_000;
}

/** @returns milliseconds at the median, by question */
async function timeQuestions(store: RunStore): Promise<Readonly<Record<string, number>>> {
  const { items } = await store.listRuns({ limit: 1 });
  const runId = items[0]?.run_id ?? '';
  const questions = {
    'listing runs': () => store.listRuns({ limit: 50 }),
    'listing failed runs': () => store.listRuns({ limit: 50, status: 'failed' }),
    'reading a run': () => store.getRun(runId),
    'looking for runs to take over': () => store.listAbandonedRuns(new Date().toISOString(), 10),
  };
  const timed: Record<string, number> = {};
  for (const [name, ask] of Object.entries(questions)) {
    const times: number[] = [];
    for (let round = 0; round < 100; round += 1) times.push(await timeOf(async () => void (await ask())));
    timed[name] = median(times);
  }
  return timed;
}

/** In a process of its own: what is loaded and opened there is not yet loaded. */
async function timeOpening(stateFile: string): Promise<number> {
  const script = fileURLToPath(new URL('open-state.mjs', import.meta.url));
  const times: number[] = [];
  for (let round = 0; round < 11; round += 1) times.push(Number(await runNode([script, stateFile])));
  return median(times);
}

/** Runs that ended long ago, written past the journal: that is all that they are for. */
function grow(stateFile: string, count: number): void {
  const database = new DatabaseSync(stateFile);
  const series = `WITH RECURSIVE series (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < ${count})`;
  database.exec(`BEGIN;
    INSERT INTO runs (run_id, workflow_id, status, principal, has_ttl, created_at, started_at, finished_at)
      ${series} SELECT 'old-' || n, 'workflow-' || (n % 50),
        CASE n % 10 WHEN 0 THEN 'failed' ELSE 'succeeded' END, 'local', 0,
        strftime('%Y-%m-%dT%H:%M:%fZ', 1700000000 + n, 'unixepoch'), '2024-01-01T00:00:00.000Z',
        '2024-01-01T00:00:01.000Z' FROM series;
    COMMIT; PRAGMA wal_checkpoint(TRUNCATE)`);
  database.close();
}

const owner = 'bench';
const at = new Date().toISOString();

async function startRun(store: RunStore): Promise<string> {
  const run_id = globalThis.crypto.randomUUID();
  await store.createRun(
    {
      run_id,
      workflow_id: 'bench',
      status: 'running',
      root_run_id: run_id,
      workflow: { workflow: 'bench', steps: [{ id: 'list', run: 'shop orders:list' }] },
      inputs: {},
      caller: { principal: 'local', via: 'library' },
      created_at: at,
    },
    { owner, until: new Date(Date.now() + 3_600_000).toISOString() },
  );
  return run_id;
}

function noteOf(step_id: string) {
  return {
    at,
    marks: [{ step_id, poll: 1, attempt: 1, phase: 'calling', at, since: at, calls: 1 }],
  } as const;
}

/** As a step that has read an order leaves it. */
function resultOf(step_id: string) {
  const output = { id: 'ord_1', customer: 'cus_1', status: 'open', total: 3000, note: 'x'.repeat(200) };
  const result = {
    id: step_id,
    status: 'succeeded',
    output,
    attempts: 1,
    started_at: at,
    finished_at: at,
  } as const;
  return {
    at,
    commits: [{ step_id, result }],
    events: [{ type: 'step_finished', step_id, result }],
  } as const;
}
