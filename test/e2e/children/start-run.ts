/**
 * Starts a run of a manifest and prints its id, then what becomes of it here: `start-run.ts MANIFEST [WRITES MOMENT]`.
 *
 * With WRITES the process dies at that write to the journal, as it would at kill -9: `before` it or `after` it. Should
 * the run end before, the last line is the number of its writes.
 */
import { createOatty } from '@oatty/runtime';
import type { OattyOptions } from '@oatty/runtime';
import { openJournal } from '@oatty/store';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const [path = '', diesAt, moment] = process.argv.slice(2);
let writes = 0;
const oatty = await createOatty({
  ...(diesAt !== undefined && { store: await openMortalStore(Number(diesAt), moment === 'before') }),
  onBackgroundError: ({ code }) => process.stdout.write(`${code}\n`),
});
const handle = await oatty.runs.start({ workflow: { manifest: await readFile(path, 'utf8') } });
process.stdout.write(`${handle.run_id}\n`);
const run = await handle.wait();
process.stdout.write(`${run.status}\n`);
if (diesAt !== undefined) process.stdout.write(`${writes}\n`);
await oatty.close();

type RunStore = Exclude<NonNullable<OattyOptions['store']>, 'memory'>;

/** The row of the run itself is not counted: without it there is nothing to carry on. */
async function openMortalStore(diesAt: number, diesBefore: boolean): Promise<RunStore> {
  const { env } = process;
  const { runs } = await openJournal({
    stateFile: join(dirname(env['REGISTRY_CONFIG_PATH'] ?? ''), 'state.db'),
    ...(env['DATABASE_URL'] !== undefined && { databaseUrl: env['DATABASE_URL'] }),
  });
  const write = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    writes += 1;
    const isLast = writes === diesAt;
    if (isLast && diesBefore) process.kill(process.pid, 'SIGKILL');
    const result = await work();
    if (isLast) process.kill(process.pid, 'SIGKILL');
    return result;
  };
  return {
    ...runs,
    append: (...args) => write(() => runs.append(...args)),
    changeRun: (...args) => write(() => runs.changeRun(...args)),
  };
}
