/**
 * Carries a run until it dies at a write to the journal: `crash-link.ts KILLS start MANIFEST`, or `carry RUN_ID`.
 *
 * KILLS is a JSON file with the writes before and after which it dies at kill -9, by what they write. Each line that it
 * prints is a `LinkMessage`.
 */
import { createOatty } from '@oatty/runtime';
import type { OattyOptions } from '@oatty/runtime';
import { openJournal } from '@oatty/store';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { nameWrite } from '../name-write.ts';
import type { Kills, LinkMessage, Moment } from '../crash-chain.ts';

type RunStore = Exclude<NonNullable<OattyOptions['store']>, 'memory'>;

const [killsPath = '', way, what = ''] = process.argv.slice(2);
const kills = JSON.parse(await readFile(killsPath, 'utf8')) as Kills; // written by the chain
const writes: (readonly string[])[] = [];
const oatty = await createOatty({
  store: await openMortalStore(),
  onBackgroundError: ({ code }) => tell({ kind: 'lost', code }),
});
const runId = way === 'start' ? await start(what) : what;
oatty.runs.takeOver();
await untilEnded(runId);
tell({ kind: 'ended', writes });
await oatty.close();

// --- internal ---

async function start(path: string): Promise<string> {
  const { run_id } = await oatty.runs.start({ workflow: { manifest: await readFile(path, 'utf8') } });
  tell({ kind: 'started', run_id });
  return run_id;
}

/** A journal that is too busy to be read is read again. */
async function untilEnded(id: string): Promise<void> {
  for (;;) {
    try {
      await oatty.runs.wait(id);
      return;
    } catch (thrown) {
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'STORAGE_FAILED')) throw thrown;
      await setTimeout(1_000);
    }
  }
}

/** Without the row of the run itself there is nothing to carry on, so the run cannot die there. */
async function openMortalStore(): Promise<RunStore> {
  const { env } = process;
  const { runs } = await openJournal({
    stateFile: join(dirname(env['REGISTRY_CONFIG_PATH'] ?? ''), 'state.db'),
    ...(env['DATABASE_URL'] !== undefined && { databaseUrl: env['DATABASE_URL'] }),
  });
  const parents = new Map<string, string | undefined>();
  const parentOf = async (id: string): Promise<string | undefined> => {
    if (!parents.has(id)) parents.set(id, (await runs.getRun(id))?.parent?.stepId);
    return parents.get(id);
  };
  return {
    ...runs,
    async createRun(run, ...args) {
      const parent = run.parent?.stepId;
      parents.set(run.run_id, parent);
      await mortally(parent === undefined ? [] : [`${parent}: created`], () => runs.createRun(run, ...args));
    },
    async append(id, owner, entry) {
      await mortally(nameWrite(await parentOf(id), entry), () => runs.append(id, owner, entry));
    },
    async changeRun(id, owner, from, change, entry) {
      const names = nameWrite(await parentOf(id), entry, change.status);
      return mortally(names, () => runs.changeRun(id, owner, from, change, entry));
    },
  };
}

async function mortally<Result>(names: readonly string[], write: () => Promise<Result>): Promise<Result> {
  writes.push(names);
  dieIf('before', names);
  const result = await write();
  dieIf('after', names);
  return result;
}

function dieIf(moment: Moment, names: readonly string[]): void {
  if (!names.some((name) => kills[moment].includes(name))) return;
  tell({ kind: 'dies', moment, names });
  process.kill(process.pid, 'SIGKILL');
}

/** Into a pipe, which is written before this returns. */
function tell(message: LinkMessage): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
