/**
 * Kills the process of a long run at every write to its journal in turn, before it and after it.
 *
 * `pnpm crash [--steps 200] [--every 1] [--at-once 8] [--instants 0] [--victim process]`; with
 * `OATTY_TEST_DATABASE_URL` in PostgreSQL, else in a state file.
 *
 *   --every 7             each seventh write
 *   --instants 100        at so many instants by chance as well
 *   --victim connection   no process is killed, but its oatty cut off from the journal: in a tenth of the time
 *
 * All writes of 200 steps take more than an hour of two cores. They come in rounds over the whole run, so that a sweep
 * that is stopped earlier has seen all of it too.
 */
import { parseArgs } from 'node:util';
import { crashForSure, crashOnce } from '../e2e/crash-once.ts';
import type { Crash } from '../e2e/crash-once.ts';

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '200' },
    every: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '8' },
    victim: { type: 'string', default: 'process' },
    instants: { type: 'string', default: '0' },
  },
});
/** Each has about thirteen steps, items and steps of sub-workflows included. */
const sections = Math.ceil(Number(values.steps) / 13);
const victim = values.victim === 'connection' ? 'connection' : 'process';
const { OATTY_TEST_DATABASE_URL: serverUrl } = process.env;

const startedAt = performance.now();
const { writes = 0 } = await crashOnce(
  serverUrl,
  { diesAt: Infinity, moment: 'after' },
  { sections, victim },
);
const lastsMs = performance.now() - startedAt;
const boundaries = Array.from({ length: writes }, (_, index) => index + 1).filter(
  (write) => (write - 1) % Number(values.every) === 0,
);
const crashes = [
  ...Array.from({ length: Number(values.instants) }, (): Crash => {
    return { diesAt: Infinity, moment: 'after', afterMs: Math.random() * lastsMs };
  }),
  ...inRounds(boundaries).flatMap((diesAt): readonly Crash[] => [
    { diesAt, moment: 'before' },
    { diesAt, moment: 'after' },
  ]),
];
tell(`${writes} writes, ${crashes.length} crashes`);

let done = 0;
let failures = 0;
const left = crashes.values();
await Promise.all(Array.from({ length: Number(values['at-once']) }, crashOneAfterTheOther));
process.exitCode = writes > 0 && failures === 0 ? 0 : 1;

// --- internal ---

function inRounds(writes: readonly number[]): readonly number[] {
  const rounds = 16;
  return Array.from({ length: rounds }, (_, round) =>
    writes.filter((_, index) => index % rounds === round),
  ).flat();
}

async function crashOneAfterTheOther(): Promise<void> {
  for (const crash of left) {
    const attempt = crash.afterMs === undefined ? crashForSure : crashOnce;
    const { run, wrongs } = await attempt(serverUrl, crash, { sections, victim });
    done += 1;
    if (run.status !== 'succeeded' || wrongs.length > 0) {
      failures += 1;
      const reasons = [run.error?.message, ...wrongs].filter((reason) => reason !== undefined);
      const when =
        crash.afterMs === undefined ? `${crash.moment} write ${crash.diesAt}` : `${crash.afterMs} ms`;
      tell(`${when}: ${run.run_id} ${run.status}: ${reasons.join('; ')}`);
    }
    if (done % 20 === 0 || done === crashes.length) tell(`${done} crashes, ${failures} with a fault`);
  }
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
