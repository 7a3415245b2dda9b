/**
 * Kills whoever carries a run, one process after the other: each dies at the next write of a list, its heir likewise.
 * What must hold then is in `judge-chain.ts`.
 */
import { openJournal } from '@oatty/store';
import type { DurableJournal } from '@oatty/store';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { builtProgram } from '../e2e/built-program.ts';
import { crashChild, crashWorkflow, notAgain } from '../e2e/crash-workflow.ts';
import { openSharedState } from '../e2e/shared-state.ts';
import type { SharedState } from '../e2e/shared-state.ts';
import { nothingYet, snapshot, wrongsOfLife, wrongsOfRun } from './judge-chain.ts';

export type Moment = 'before' | 'after';

/** The writes at which a process dies, by one of their names. */
export type Kills = Readonly<Record<Moment, readonly string[]>>;

/** What a process says. */
export type LinkMessage =
  | { readonly kind: 'started'; readonly run_id: string }
  /** It had to let go of the run: it could not renew its lease in time, or not write. It may take the run again. */
  | { readonly kind: 'lost'; readonly code: string }
  | { readonly kind: 'dies'; readonly moment: Moment; readonly names: readonly string[] }
  | { readonly kind: 'ended'; readonly writes: readonly (readonly string[])[] };

export interface ChainEnd {
  readonly runId: string;
  /** How often a process died. */
  readonly crashes: number;
  /** Those that the run did not come to. */
  readonly left: Kills;
  /** All of a run that nobody killed, in order; those of the last process otherwise. */
  readonly writes: readonly (readonly string[])[];
  readonly wrongs: readonly string[];
}

/** @param patienceMs - how long one process may take to its death, waits of the run included */
export async function crashInChain(
  serverUrl: string | undefined,
  kills: Kills,
  { sections, patienceMs }: { readonly sections: number; readonly patienceMs: number },
): Promise<ChainEnd> {
  await using state = await openSharedState(serverUrl);
  await state.oatty.workflows.save({ content: crashChild });
  const journal = await openJournalOf(state);
  const wrongs: string[] = [];
  let left = kills;
  let crashes = 0;
  let runId = '';
  let before = nothingYet;
  for (;;) {
    const end = await launchLink(state, journal, { left, runId, sections }, patienceMs);
    runId = end.runId;
    const now = await patiently(() => snapshot(state, journal.runs, runId));
    wrongs.push(...wrongsOfLife(before, now, state.shop.calls(), 1 + end.losses.length));
    before = now;
    if (end.last?.kind !== 'dies') {
      wrongs.push(...(await patiently(() => wrongsOfRun(state, runId))));
      await journal.close();
      return { runId, crashes, left, wrongs, writes: end.last?.writes ?? [] };
    }
    crashes += 1;
    left = without(left, end.last);
  }
}

// --- internal ---

function openJournalOf({ env, home }: SharedState): Promise<DurableJournal> {
  const { DATABASE_URL: databaseUrl } = env;
  return openJournal({
    stateFile: join(home, 'state.db'),
    ...(databaseUrl !== undefined && { databaseUrl }),
  });
}

interface Link {
  readonly left: Kills;
  /** Empty: it starts one. */
  readonly runId: string;
  readonly sections: number;
}

interface LinkEnd {
  readonly runId: string;
  /** `undefined`: it had to be killed. */
  readonly last: Extract<LinkMessage, { readonly kind: 'dies' | 'ended' }> | undefined;
  /** What made it let go of the run in between. */
  readonly losses: readonly string[];
}

async function launchLink(
  state: SharedState,
  journal: DurableJournal,
  link: Link,
  patienceMs: number,
): Promise<LinkEnd> {
  const killsPath = join(state.home, 'kills.json');
  const manifestPath = join(state.home, 'crash.yaml');
  await writeFile(killsPath, JSON.stringify(link.left));
  await writeFile(manifestPath, crashWorkflow(link.sections));
  const way = link.runId === '' ? ['start', manifestPath] : ['carry', link.runId];
  const child = state.launch(builtProgram('crash-link'), killsPath, ...way);
  const patience = globalThis.setTimeout(() => child.kill('SIGKILL'), patienceMs);
  const answering = new AbortController();
  let runId = link.runId;
  let last: LinkEnd['last'];
  const losses: string[] = [];
  const answered = runId === '' ? undefined : answerWhileItLives(journal, runId, answering.signal);
  for await (const line of createInterface({ input: child.stdout })) {
    const message = JSON.parse(line) as LinkMessage; // written by crash-link.ts
    if (message.kind === 'started') runId = message.run_id;
    else if (message.kind === 'lost') losses.push(message.code);
    else last = message;
  }
  clearTimeout(patience);
  answering.abort();
  await answered;
  await setTimeout(1_500); // what it had sent arrives before its calls are counted, also on a busy machine
  return { runId, last, losses };
}

/** In the journal: this process would take the run up if it answered as a person does, and nobody kills it. */
async function answerWhileItLives(
  { runs }: DurableJournal,
  runId: string,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await patiently(async () => {
      for (const { question, answered_at } of await runs.readQuestions(runId)) {
        const answer = { value: notAgain, at: new Date().toISOString() };
        if (answered_at === undefined) await runs.answerQuestion(runId, question.question_id, answer);
      }
    });
    await setTimeout(500);
  }
}

/** Reads again what could not be read on a machine that is too busy to answer: that is no fault of the run. */
async function patiently<Result>(read: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await read();
    } catch (thrown) {
      if (tries === 10) throw thrown;
      await setTimeout(1_000);
    }
  }
}

function without(left: Kills, { moment, names }: Extract<LinkMessage, { readonly kind: 'dies' }>): Kills {
  return { ...left, [moment]: left[moment].filter((name) => !names.includes(name)) };
}
