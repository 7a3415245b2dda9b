/**
 * What the journal costs: a durable step, checkpoints of many runs at once, opening the state, a state that grows, runs
 * that wait, and a process that dies.
 *
 * PostgreSQL is measured where one is installed or `OATTY_TEST_DATABASE_URL` names one. `OATTY_BENCH_RUNS` says how many
 * runs the state grows to at last; default 100,000.
 */
import { openJournal } from '@oatty/store';
import type { DurableJournal, JournalSettings } from '@oatty/store';
import { createTestDatabase, sharedPostgresUrl } from '@oatty/store/testing';
import type { Effect } from '@oatty/types';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNode } from './child.ts';
import { median, quartiles } from './compare.ts';
import { withHome, withShop } from './home.ts';
import type { Home } from './home.ts';
import { timeCheckpoints } from './journal/checkpoints.ts';
import { openRows, openSteps } from './journal/durable-steps.ts';
import type { JournalPlace } from './journal/durable-steps.ts';
import { growTo, timeQuestions } from './journal/growing-state.ts';
import { timeTakeOvers } from './journal/take-over.ts';
import { measureWaiting } from './journal/waiting-runs.ts';
import type { Result } from './result.ts';

export async function benchJournal(): Promise<readonly Result[]> {
  const serverUrl = await sharedPostgresUrl({ syncs: true });
  const database = serverUrl === undefined ? undefined : await createTestDatabase(serverUrl);
  try {
    return [
      ...(await withHome(benchStateFile)),
      ...(database === undefined ? [] : await benchPostgres(database.url)),
      await benchTakeOver('state file', {}, 10),
      ...(database === undefined
        ? []
        : [await benchTakeOver('PostgreSQL', { DATABASE_URL: database.url }, 5)]),
      ...(await measureWaiting()),
    ];
  } finally {
    await database?.drop();
  }
}

// --- internal ---

const lastSize = Number(process.env['OATTY_BENCH_RUNS'] ?? 100_000);

async function benchStateFile(home: Home): Promise<readonly Result[]> {
  const stateFile = join(home.folder, 'state.db');
  const writing: readonly Result[] = [
    ...(await benchSteps(home, 'state file', {}, 0.5)),
    toRate(
      'checkpoints of 20 runs at once, state file',
      await withJournal({ stateFile }, ({ runs }) => timeCheckpoints(runs)),
      3_000,
    ),
  ];
  const opening: Result = {
    kind: 'time',
    name: 'opening the state file, first question included',
    ms: await timeOpening(stateFile),
    targetMs: 15,
  };
  return [...writing, opening, ...(await benchGrowth(stateFile))];
}

async function benchPostgres(databaseUrl: string): Promise<readonly Result[]> {
  return [
    ...(await withHome((home) => benchSteps(home, 'PostgreSQL', { databaseUrl }))),
    toRate(
      'checkpoints of 20 runs at once, PostgreSQL',
      await withJournal({ stateFile: '', databaseUrl }, ({ runs }) => timeCheckpoints(runs)),
      1_500,
    ),
  ];
}

/** @param targetMs - for the whole step */
async function benchSteps(
  home: Home,
  place: string,
  where: JournalPlace,
  targetMs?: number,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const [name, effect] of [
    ['reads', 'safe'],
    ['changes something', 'standard'],
  ] as const) {
    const rounds = await timeInTurns(home, effect, where);
    const stepMs = median(rounds.map((round) => round.stepMs));
    const journalMs = median(rounds.map((round) => round.journalMs));
    const step = { kind: 'time', name: `a durable step that ${name}, ${place}`, ms: stepMs } as const;
    results.push(targetMs === undefined ? step : { ...step, targetMs }, {
      kind: 'time',
      name: 'of it: the journal',
      ms: journalMs,
    });
    if (targetMs !== undefined) results.push(againstRows(rounds));
  }
  return results;
}

interface Round {
  readonly rowMs: number;
  readonly stepMs: number;
  readonly journalMs: number;
}

async function timeInTurns(home: Home, effect: Effect, where: JournalPlace): Promise<readonly Round[]> {
  const rows = openRows(home);
  const inMemory = await openSteps(home, effect, { inMemory: true });
  const durable = await openSteps(home, effect, where);
  const rounds: Round[] = [];
  for (let round = 0; round < 15; round += 1) {
    const rowMs = await rows.time();
    const engineMs = await inMemory.time();
    const stepMs = await durable.time();
    rounds.push({ rowMs, stepMs, journalMs: stepMs - engineMs });
  }
  for (const { close } of [rows, inMemory, durable]) await close();
  return rounds;
}

/** A step is one write of four pages that reaches the disk, a row is one of one page: how fast that can be, the disk decides. */
function againstRows(rounds: readonly Round[]): Result {
  return {
    kind: 'ratio',
    name: 'the same against a row that SQLite writes alone',
    oursMs: median(rounds.map(({ journalMs }) => journalMs)),
    floorMs: median(rounds.map(({ rowMs }) => rowMs)),
    ratios: quartiles(rounds.map(({ journalMs, rowMs }) => journalMs / rowMs)),
    target: 3,
  };
}

/** Flat: no question takes longer than a millisecond, however many runs there are. */
async function benchGrowth(stateFile: string): Promise<readonly Result[]> {
  const figures = new Map<string, string[]>();
  const slowest = new Map<string, number>();
  const sizes = [1_000, lastSize];
  for (const size of sizes) {
    growTo(stateFile, size);
    const times = await withJournal({ stateFile }, ({ runs }) => timeQuestions(runs));
    for (const [name, ms] of Object.entries(times)) {
      figures.set(name, [...(figures.get(name) ?? []), `${ms.toFixed(2)} ms`]);
      slowest.set(name, ms);
    }
  }
  const among = sizes.map((size) => size.toLocaleString('en')).join(' and ');
  return [...figures].map(([name, shown]) => ({
    kind: 'figure',
    name: `${name}, among ${among} runs`,
    figure: shown.join(', '),
    target: { text: '≤ 1 ms', isMet: (slowest.get(name) ?? Infinity) <= 1 },
  }));
}

/** @param env - where the journal is; default: the state file of the home */
async function benchTakeOver(
  place: string,
  env: Readonly<Record<string, string>>,
  maxSeconds: number,
): Promise<Result> {
  const seconds = await withShop((home, shop) =>
    timeTakeOvers({ ...home, env: { ...home.env, ...env } }, shop),
  );
  const longest = Math.max(...seconds);
  return {
    kind: 'figure',
    name: `from kill -9 to the next call of the run, ${place} (median, longest of ${seconds.length})`,
    figure: `${median(seconds).toFixed(1)} s, ${longest.toFixed(1)} s`,
    target: { text: `≤ ${maxSeconds} s`, isMet: longest <= maxSeconds },
  };
}

function toRate(name: string, perSecond: number, wanted: number): Result {
  return {
    kind: 'figure',
    name,
    figure: `${Math.round(perSecond).toLocaleString('en')}/s`,
    target: { text: `≥ ${wanted.toLocaleString('en')}/s`, isMet: perSecond >= wanted },
  };
}

/** In a process of its own: what is loaded and opened there is not yet loaded. */
async function timeOpening(stateFile: string): Promise<number> {
  const script = fileURLToPath(new URL('journal/open-state.mjs', import.meta.url));
  const times: number[] = [];
  for (let round = 0; round < 11; round += 1) times.push(Number(await runNode([script, stateFile])));
  return median(times);
}

async function withJournal<Value>(
  settings: JournalSettings,
  work: (journal: DurableJournal) => Promise<Value>,
): Promise<Value> {
  const journal = await openJournal(settings);
  try {
    return await work(journal);
  } finally {
    await journal.close();
  }
}
