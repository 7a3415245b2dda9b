/**
 * Kills the process of a run of 200 steps at every write to its journal in turn, before it and after it.
 *
 * `pnpm exec node --conditions=@oatty/source test/crash/sweep.ts [EVERY] [SIDE_BY_SIDE]`; with `OATTY_TEST_DATABASE_URL` in PostgreSQL.
 * EVERY 7 tries each seventh write. Takes an hour or more for all of them.
 */
import { crashOnce } from '../e2e/crash-once.ts';
import type { Crash } from '../e2e/crash-once.ts';

const [every = '1', sideBySide = '8'] = process.argv.slice(2);
/** Each has about ten steps, items and steps of sub-workflows included. */
const sections = 18;
const { OATTY_TEST_DATABASE_URL: serverUrl } = process.env;

let failures = 0;
let tried = 0;
for (let first = 1; ; first += Number(every) * Number(sideBySide)) {
  const writes = Array.from({ length: Number(sideBySide) }, (_, index) => first + index * Number(every));
  const crashes = writes.map((diesAt, index): Crash => {
    return { diesAt, moment: index % 2 === 0 ? 'before' : 'after' };
  });
  const ends = await Promise.all(crashes.map((crash) => crashOnce(serverUrl, crash, sections)));
  const died = ends.filter(({ hasDied }) => hasDied);
  const wrong = ends.filter(({ run, wrongs }) => run.status !== 'succeeded' || wrongs.length > 0);
  tried += died.length;
  failures += wrong.length;
  for (const { run, wrongs } of wrong) tell(`${run.run_id} ${run.status} ${wrongs.join('; ')}`);
  tell(`writes ${first} to ${writes.at(-1)}: ${tried} crashes so far, ${failures} with a fault`);
  if (died.length < ends.length) break;
}
process.exitCode = failures === 0 ? 0 : 1;

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
