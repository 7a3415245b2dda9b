/**
 * Lets the process of a run die at one write to the journal, and lets this process carry the run on.
 *
 *   C1. What was committed when the process died is never called again, and its result stays.
 *   C2. A POST that the API cannot recognise is sent once: who answers for the run says that it is not repeated.
 *   C3. A PUT in flight may arrive twice.
 */
import type { RecordedCall } from '@oatty/example-shop-api';
import { createMortalStore } from '@oatty/engine/testing';
import { createOatty } from '@oatty/runtime';
import type { Oatty } from '@oatty/runtime';
import { openJournal } from '@oatty/store';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { bodyOf, crashChild, crashWorkflow, notAgain } from './crash-workflow.ts';
import { openSharedState } from './shared-state.ts';
import type { SharedState } from './shared-state.ts';

/**
 * `process`: one of its own, killed with SIGKILL. `connection`: an oatty in this process that from one write on never hears
 * of the journal again, which for the journal and the API is the same, and takes a tenth of the time.
 */
type Victim = 'process' | 'connection';

export interface Crash {
  /** Number of the write, from 1; `Infinity` for a run that nobody kills. */
  readonly diesAt: number;
  readonly moment: 'before' | 'after';
  /** Of a process: it is killed so long after its start, whatever it does just then. */
  readonly afterMs?: number;
}

export interface Aftermath {
  /** `undefined` when the process has died. A run has fewer of them when steps that end together are written together. */
  readonly writes: number | undefined;
  readonly run: RunDocument;
  /** What breaks C1 to C3. */
  readonly wrongs: readonly string[];
}

export interface CrashOptions {
  /** How often the steps are repeated: each is worth about ten. Default 1. */
  readonly sections?: number;
  /** Default: a process. */
  readonly victim?: Victim;
}

export async function crashOnce(
  serverUrl: string | undefined,
  crash: Crash,
  { sections = 1, victim = 'process' }: CrashOptions = {},
): Promise<Aftermath> {
  await using state = await openSharedState(serverUrl);
  const { oatty, shop } = state;
  oatty.runs.takeOver();
  await oatty.workflows.save({ content: crashChild });
  const start = victim === 'process' ? startAndDie : startAndFallSilent;
  const { runId, writes } = await start(state, crashWorkflow(sections), crash);
  const before = { calls: shop.calls(), steps: (await oatty.runs.get(runId)).steps };
  const run = await untilEnded(oatty, runId);
  const wrongs = [...repeatedSteps(before.steps, run.steps), ...repeatedCalls(before, shop.calls())];
  return { writes, run, wrongs };
}

/** Like `crashOnce`, but a write that this run has not is not passed over: its last one is tried then. */
export async function crashForSure(
  serverUrl: string | undefined,
  crash: Crash,
  options: CrashOptions = {},
): Promise<Aftermath> {
  const end = await crashOnce(serverUrl, crash, options);
  if (end.writes === undefined || end.wrongs.length > 0) return end;
  if (end.writes >= crash.diesAt)
    return { ...end, wrongs: [`write ${crash.diesAt} was made, and not killed`] };
  return crashForSure(serverUrl, { ...crash, diesAt: end.writes }, options);
}

// --- internal ---

interface Death {
  readonly runId: string;
  /** Of a run that has ended before. */
  readonly writes: number | undefined;
}

async function startAndDie(
  state: SharedState,
  text: string,
  { diesAt, moment, afterMs }: Crash,
): Promise<Death> {
  const { runId, child, lines } = await state.start(text, `${diesAt}`, moment);
  if (afterMs !== undefined) void setTimeout(afterMs).then(() => child.kill('SIGKILL'));
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  return { runId, writes: child.signalCode === 'SIGKILL' ? undefined : Number(lines.at(-1)) };
}

async function startAndFallSilent({ env, home }: SharedState, text: string, crash: Crash): Promise<Death> {
  const { DATABASE_URL: databaseUrl } = env;
  const journal = await openJournal({
    stateFile: join(home, 'state.db'),
    ...(databaseUrl !== undefined && { databaseUrl }),
  });
  // The row of the run itself is the first write.
  const store = createMortalStore(journal.runs, crash.diesAt + 1, crash.moment);
  const oatty = await createOatty({ env, store });
  const handle = await oatty.runs.start({ workflow: { manifest: text } });
  const ended = handle.wait().then(() => oatty.close());
  while (!store.isDead && (await Promise.race([ended, setTimeout(20, 'goes on')])) === 'goes on');
  await journal.close();
  return { runId: handle.run_id, writes: store.isDead ? undefined : store.writes - 1 };
}

type RunDocument = Awaited<ReturnType<Oatty['runs']['get']>>;
type StepResult = RunDocument['steps'][number];

async function untilEnded({ runs }: Oatty, runId: string): Promise<RunDocument> {
  for (;;) {
    const { run, open_questions } = await runs.inspect(runId);
    if (run.finished_at !== undefined) return run;
    for (const { question_id } of open_questions) await runs.respond(runId, notAgain, question_id);
    await setTimeout(250);
  }
}

/** C1 */
function repeatedSteps(before: readonly StepResult[], after: readonly StepResult[]): readonly string[] {
  return before
    .filter(({ status }) => status === 'succeeded')
    .filter((step) => {
      const now = after.find(({ id }) => id === step.id);
      return JSON.stringify(now) !== JSON.stringify(step);
    })
    .map(({ id }) => `step ${id} was committed, and ran again`);
}

interface Before {
  readonly calls: readonly RecordedCall[];
  readonly steps: readonly StepResult[];
}

function repeatedCalls(before: Before, calls: readonly RecordedCall[]): readonly string[] {
  const committed = before.steps.filter(({ status }) => status === 'succeeded').map(({ id }) => id);
  const later = calls.slice(before.calls.length).map(bodyOf);
  const again = committed.filter((id) => later.some((body) => new RegExp(`\\b${id}\\b`).test(body)));
  const counts = new Map<string, number>();
  for (const call of calls.filter(({ method }) => method !== 'GET')) {
    const name = `${call.method} ${bodyOf(call)}`;
    counts.set(name, (counts.get(name) ?? 0) + Number(call.status !== 429));
  }
  const tooOften = [...counts].filter(([name, count]) => count > (name.startsWith('POST') ? 1 : 2));
  return [
    ...again.map((id) => `step ${id} was committed, and called again`),
    ...tooOften.map(([name, count]) => `${name} arrived ${count} times`),
  ];
}
