/**
 * Raises storms by hand: `pnpm storm [--in memory|sqlite|postgres] [--seeds 100] [--from 0] [--log]`.
 *
 * `OATTY_TEST_DATABASE_URL` names the PostgreSQL, else one is started. `--from 17 --seeds 1 --log` repeats a storm, and
 * says what happened in it.
 */
import { sharedPostgresUrl } from '@oatty/store/testing';
import { parseArgs } from 'node:util';
import { inMemory, inPostgres, inStateFile } from './grounds.ts';
import type { OpenGrounds } from './grounds.ts';
import { judgeStorm } from './judge-storm.ts';
import { raiseStorm } from './storm.ts';

const { values } = parseArgs({
  options: {
    in: { type: 'string', default: 'memory' },
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '0' },
    log: { type: 'boolean', default: false },
  },
});

const open = await chooseGrounds(values.in);
const from = Number(values.from);
const tally = { storms: 0, faulty: 0, calls: 0, runs: 0 };
for (let seed = from; seed < from + Number(values.seeds); seed += 1) {
  await raise(seed);
  tally.storms += 1;
  if (tally.storms % 25 === 0) tellTally();
}
tellTally();
process.exitCode = tally.faulty === 0 ? 0 : 1;

// --- internal ---

async function raise(seed: number): Promise<void> {
  const grounds = await open();
  try {
    const world = await raiseStorm(seed, grounds);
    const problems = await judgeStorm(world);
    tally.calls += world.calls.length;
    tally.runs += await world.store.countRuns({ include_children: true });
    if (values.log) for (const line of world.log) tell(line);
    if (problems.length === 0) return;
    tally.faulty += 1;
    for (const problem of problems) tell(`seed ${seed}: ${problem}`);
  } finally {
    await grounds.close();
  }
}

async function chooseGrounds(name: string): Promise<OpenGrounds> {
  if (name === 'memory') return inMemory;
  if (name === 'sqlite') return inStateFile;
  const serverUrl = await sharedPostgresUrl();
  if (name !== 'postgres' || serverUrl === undefined) throw new Error(`There is no ${name} here.`);
  return inPostgres(serverUrl);
}

function tellTally(): void {
  const { storms, runs, calls, faulty } = tally;
  tell(`${storms} storms, ${runs} runs, ${calls} calls, ${faulty} storms with faults`);
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
