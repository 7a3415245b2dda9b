/**
 * Kills the process of a long run at every write to its journal in turn, before it and after it.
 *
 * `pnpm crash [--steps 200] [--every 1] [--at-once 8]`; with `OATTY_TEST_DATABASE_URL` in PostgreSQL, else in a state file.
 * `--every 7` tries each seventh write. All writes of 200 steps take hours.
 */
import { parseArgs } from 'node:util';
import { crashForSure, crashOnce } from '../e2e/crash-once.ts';
import type { Crash } from '../e2e/crash-once.ts';

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '200' },
    every: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '8' },
  },
});
/** Each has about thirteen steps, items and steps of sub-workflows included. */
const sections = Math.ceil(Number(values.steps) / 13);
const atOnce = Number(values['at-once']);
const { OATTY_TEST_DATABASE_URL: serverUrl } = process.env;

const { writes = 0 } = await crashOnce(serverUrl, { diesAt: Infinity, moment: 'after' }, sections);
const boundaries = Array.from({ length: writes }, (_, index) => index + 1).filter(
  (write) => (write - 1) % Number(values.every) === 0,
);
const crashes = boundaries.flatMap((diesAt): readonly Crash[] => [
  { diesAt, moment: 'before' },
  { diesAt, moment: 'after' },
]);
tell(`${writes} writes, ${crashes.length} crashes`);

let failures = 0;
for (let first = 0; first < crashes.length; first += atOnce) {
  const batch = crashes.slice(first, first + atOnce);
  const ends = await Promise.all(batch.map((crash) => crashForSure(serverUrl, crash, sections)));
  const wrong = ends.filter(({ run, wrongs }) => run.status !== 'succeeded' || wrongs.length > 0);
  failures += wrong.length;
  for (const { run, wrongs } of wrong) tell(`${run.run_id} ${run.status} ${wrongs.join('; ')}`);
  tell(`up to write ${batch.at(-1)?.diesAt}: ${first + batch.length} crashes, ${failures} with a fault`);
}
process.exitCode = writes > 0 && failures === 0 ? 0 : 1;

// --- internal ---

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
