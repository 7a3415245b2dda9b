/**
 * Kills whoever carries a long run at every write to its journal, before it and after it.
 *
 * `pnpm crash [--steps 200] [--every 1] [--at-once 8] [--chains 40] [--instants 0] [--victim process]`; with
 * `OATTY_TEST_DATABASE_URL` in PostgreSQL, else in a state file.
 *
 *   --chains 40           so many runs share the writes: of each, a process dies at every 40th write, and its heir at the
 *                         same or the next one of them; with 1, nobody carries the run further than one write
 *   --every 7             each seventh write
 *   --instants 100        in runs of their own, one process killed at so many instants by chance as well
 *   --victim connection   no process is killed, but its oatty cut off from the journal, once in each run
 *
 * All writes of 200 steps take about 20 minutes of two cores. What a run did not come to (it depends on which answers come
 * first) is tried in further runs.
 */
import { parseArgs } from 'node:util';
import { crashForSure, crashOnce } from '../e2e/crash-once.ts';
import type { Crash } from '../e2e/crash-once.ts';
import { crashInChain } from './crash-chain.ts';

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '200' },
    every: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '8' },
    chains: { type: 'string', default: '40' },
    victim: { type: 'string', default: 'process' },
    instants: { type: 'string', default: '0' },
  },
});
/** Each has about thirteen steps, items and steps of sub-workflows included. */
const sections = Math.ceil(Number(values.steps) / 13);
const { OATTY_TEST_DATABASE_URL: serverUrl } = process.env;

/** A process that makes no write at which it would die within this time will not: the run waits for 12 s at most. */
const patienceMs = 120_000;

const startedAt = performance.now();
const tally = { crashes: 0, faults: 0 };
await (values.victim === 'connection' ? cutOffAtEachWrite() : killAtEachWrite());
await killAtInstants();
const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
tell(`${tally.crashes} crashes, ${tally.faults} faults, ${minutes} minutes`);
process.exitCode = tally.crashes > 0 && tally.faults === 0 ? 0 : 1;

// --- internal ---

async function killAtEachWrite(): Promise<void> {
  const whole = await crashInChain(serverUrl, { before: [], after: [] }, { sections, patienceMs });
  const writes = chosen(whole.writes.flatMap(([name]) => name ?? []));
  tell(`${writes.length} writes, before and after each`);
  let left = await killInChains(writes.flatMap(beforeAndAfter), Number(values.chains));
  for (let rounds = 0; left.length > 0 && rounds < 3; rounds += 1) left = await killInChains(left, 4);
  if (left.length > 0)
    tell(`not come to: ${left.map(({ moment, name }) => `${moment} "${name}"`).join(', ')}`);
}

interface Boundary {
  readonly moment: 'before' | 'after';
  readonly name: string;
}

function beforeAndAfter(name: string): readonly Boundary[] {
  return [
    { moment: 'before', name },
    { moment: 'after', name },
  ];
}

/** @returns those that their runs did not come to */
async function killInChains(boundaries: readonly Boundary[], chains: number): Promise<readonly Boundary[]> {
  const left: Boundary[] = [];
  const names = [...new Set(boundaries.map(({ name }) => name))];
  const shares = Array.from({ length: chains }, (_, chain) =>
    boundaries.filter(({ name }) => names.indexOf(name) % chains === chain),
  ).filter((share) => share.length > 0);
  await severalAtOnce(shares, async (share) => {
    const namesOf = (moment: Boundary['moment']) =>
      share.filter((boundary) => boundary.moment === moment).map(({ name }) => name);
    const kills = { before: namesOf('before'), after: namesOf('after') };
    const end = await crashInChain(serverUrl, kills, { sections, patienceMs });
    left.push(...share.filter(({ moment, name }) => end.left[moment].includes(name)));
    count(`${end.runId}, ${end.crashes} crashes`, end.crashes, end.wrongs);
  });
  return left;
}

async function cutOffAtEachWrite(): Promise<void> {
  const victim = 'connection';
  const unharmed = { diesAt: Infinity, moment: 'after' } as const;
  const { writes = 0 } = await crashOnce(serverUrl, unharmed, { sections, victim });
  const boundaries = inRounds(chosen(Array.from({ length: writes }, (_, index) => index + 1)));
  tell(`${boundaries.length} writes, before and after each`);
  const crashes = boundaries.flatMap((diesAt): readonly Crash[] => [
    { diesAt, moment: 'before' },
    { diesAt, moment: 'after' },
  ]);
  await severalAtOnce(crashes, async (crash) => {
    const { run, wrongs } = await crashForSure(serverUrl, crash, { sections, victim });
    countRun(`${run.run_id}, ${crash.moment} write ${crash.diesAt}`, run, wrongs);
  });
}

async function killAtInstants(): Promise<void> {
  const instants = Number(values.instants);
  if (instants === 0) return;
  const unharmed = { diesAt: Infinity, moment: 'after' } as const;
  const begunAt = performance.now();
  await crashOnce(serverUrl, unharmed, { sections });
  const lastsMs = performance.now() - begunAt;
  await severalAtOnce(Array.from({ length: instants }, Math.random), async (chance) => {
    const afterMs = chance * lastsMs;
    const { run, wrongs } = await crashOnce(serverUrl, { ...unharmed, afterMs }, { sections });
    countRun(`${run.run_id}, after ${afterMs} ms`, run, wrongs);
  });
}

function chosen<Item>(items: readonly Item[]): readonly Item[] {
  return items.filter((_, index) => index % Number(values.every) === 0);
}

/** Over the whole run each, so that a sweep that is stopped earlier has seen all of it too. */
function inRounds(writes: readonly number[]): readonly number[] {
  const rounds = 16;
  return Array.from({ length: rounds }, (_, round) =>
    writes.filter((_, index) => index % rounds === round),
  ).flat();
}

async function severalAtOnce<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const workOff = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: Number(values['at-once']) }, workOff));
}

type Aftermath = Awaited<ReturnType<typeof crashOnce>>;

function countRun(what: string, { status, error }: Aftermath['run'], wrongs: readonly string[]): void {
  const ending = status === 'succeeded' ? [] : [`the run is ${status}: ${error?.message}`];
  count(what, 1, [...wrongs, ...ending]);
}

function count(what: string, crashes: number, wrongs: readonly string[]): void {
  tally.crashes += crashes;
  tally.faults += wrongs.length;
  if (wrongs.length > 0) tell(`${what}: ${wrongs.join('; ')}`);
  tell(`${tally.crashes} crashes, ${tally.faults} faults`);
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
