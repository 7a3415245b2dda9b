/**
 * Runs of one process: starts, executes, watches, answers and cancels them.
 *
 * A process has one runner. What it keeps in memory is only what is going on here right now: which runs it executes,
 * who watches, and the values of secret inputs. Everything else is in the journal.
 */
import { isTerminal, OattyError } from '@oatty/types';
import type { RunDocument, RunEvent } from '@oatty/types';
import { secretInputNames } from '../input/secret-inputs.ts';
import type { RunRecord } from '../ports/run-record.ts';
import type { QueueClaim } from '../ports/run-store.ts';
import { startResumption } from '../resume/start-resumption.ts';
import type { Resumption } from '../resume/start-resumption.ts';
import { answerQuestion } from './answer-question.ts';
import { HeldSecrets } from './held-secrets.ts';
import { holdAndExecute } from './hold-and-execute.ts';
import { leaseFrom } from './keep-lease.ts';
import type { Prepare } from './prepare-run.ts';
import type { RunPorts } from './run-context.ts';
import { toRunDocument } from './run-document.ts';
import { refusePart } from './refuse-part.ts';
import { RunFeed } from './run-feed.ts';
import { defaultRunLimits } from './run-limits.ts';
import type { RunLimits } from './run-limits.ts';
import { startRun } from './start-run.ts';
import type { RunRequest } from './start-run.ts';
import { StopSwitch } from './stop-switch.ts';
import { watchRun } from './watch-run.ts';
import type { WatchOptions } from './watch-run.ts';

export interface RunnerPorts extends RunPorts {
  /** Completes runs that were started `incomplete`. */
  readonly prepare?: Prepare;
  readonly limits?: Partial<RunLimits>;
}

export interface ExecuteOptions {
  /** Cancels the run. */
  readonly signal?: AbortSignal | undefined;
  /** Values of secret inputs, for a run that another process has started. */
  readonly secretInputs?: Readonly<Record<string, unknown>>;
}

/** Which of the runs in line. */
export type ClaimOptions = Pick<QueueClaim, 'queues' | 'unserved' | 'runId'>;

export interface Runner {
  /** Writes the row, and holds the run for a few seconds for `execute`. @returns the id of the run */
  start(request: RunRequest): Promise<string>;
  /**
   * Writes the row of a run that carries on from another one, as `start` does.
   *
   * @returns the id of the new run
   * @throws {OattyError} `RUN_STATE_CONFLICT` while another resumption of the same run goes on
   */
  resume(resumption: Resumption): Promise<string>;
  /** Takes a run out of the line of its queue, and holds it for a few seconds for `execute`. @returns its id */
  claim(options?: ClaimOptions): Promise<string | undefined>;
  /**
   * Carries the run on until it has ended, or rests: nothing goes on without an answer, or before `due_at`.
   *
   * A run that has ended is left as it is; one that is executed here already is waited for.
   *
   * @throws {OattyError} `RUN_NOT_FOUND`; `RUN_STATE_CONFLICT` when another process has it or takes it over; what the
   *   store throws. The run itself fails without an exception.
   */
  execute(runId: string, options?: ExecuteOptions): Promise<RunDocument>;
  /** @throws {OattyError} `RUN_NOT_FOUND`, or `RUN_STATE_CONFLICT` when it has ended, or is a part of another run */
  cancel(runId: string): Promise<void>;
  /**
   * The run goes on with the next `execute`. See `answer-question.ts` for the errors.
   *
   * @throws {OattyError} `RUN_STATE_CONFLICT` when it is a part of another run, which asks the same
   */
  answer(runId: string, questionId: string, answer: unknown, by?: string): Promise<void>;
  /** See `watch-run.ts`. */
  watch(runId: string, options?: WatchOptions): AsyncGenerator<RunEvent, void, undefined>;
  /** @throws {OattyError} `RUN_NOT_FOUND` */
  read(runId: string): Promise<RunDocument>;
  /**
   * Lets go of every run that is executed here, now and later, at the next moment at which no call of it is in flight;
   * waits until that has come for all.
   */
  handBack(): Promise<void>;
  /** Lets go of every run that is executed here, without ending it, and waits until nothing more is written. */
  suspend(): Promise<void>;
}

export function createRunner({ prepare, limits: given, ...ports }: RunnerPorts): Runner {
  const { store, clock, entropy } = ports;
  const limits = { ...defaultRunLimits, ...given };
  const owner = entropy.id();
  const feed = new RunFeed();
  const held = new HeldSecrets();
  const live = new Map<string, LiveRun>();
  let isLeaving = false;

  async function find(runId: string): Promise<RunRecord> {
    const record = await store.getRun(runId);
    if (record === undefined) throw new OattyError('RUN_NOT_FOUND', `No run "${runId}".`);
    return record;
  }

  async function executeHere(runId: string, stop: StopSwitch): Promise<void> {
    const { status } = await find(runId);
    if (isTerminal(status)) return;
    await holdAndExecute({
      runId,
      owner,
      ports,
      limits,
      feed,
      stop,
      prepare,
      secretInputs: () => held.of(runId),
      keepSecretInputs: (workflow, inputs) => held.add(runId, pickSecrets(workflow, inputs)),
      endChild: (childId) => endChild(childId, stop.letGo),
    });
  }

  async function cancelRun(runId: string): Promise<void> {
    const { status } = await find(runId);
    if (isTerminal(status)) throw ended(runId, status);
    await store.requestCancel(runId);
    const running = live.get(runId);
    running?.stop.cancel();
    await running?.done.catch(() => {}); // it was perhaps about to rest: the next look sees the request
    await runner.execute(runId).catch(ignoreConflict);
  }

  async function endChild(childId: string, letGo: AbortSignal): Promise<void> {
    for (;;) {
      await cancelRun(childId).catch(ignoreConflict); // it has ended by itself
      if (isTerminal((await find(childId)).status)) return;
      await clock.sleep(heldElsewhereMs, letGo);
    }
  }

  const runner: Runner = {
    async start(request) {
      const runId = await startRun(request, ports, limits, (now) => leaseFrom(owner, now));
      held.add(runId, pickSecrets(request.workflow, request.inputs));
      return runId;
    },

    async resume(resumption) {
      const runId = await startResumption(resumption, ports, (now) => leaseFrom(owner, now));
      held.add(runId, held.of(resumption.record.run_id));
      return runId;
    },

    async claim(options = {}) {
      const now = clock.now();
      return store.claimQueuedRun({ ...options, lease: leaseFrom(owner, now), now: now.toISOString() });
    },

    async execute(runId, options = {}) {
      held.add(runId, options.secretInputs ?? {});
      const other = live.get(runId);
      const stop = other?.stop ?? new StopSwitch();
      if (isLeaving) stop.handBack(closing());
      const unfollow = stop.follow(options.signal);
      if (other !== undefined) {
        await other.done.catch(() => {}).finally(unfollow);
        return runner.execute(runId, options);
      }
      const done = executeHere(runId, stop).finally(() => live.delete(runId));
      live.set(runId, { stop, done });
      await done.finally(unfollow);
      return runner.read(runId);
    },

    async cancel(runId) {
      await refusePart(await find(runId), 'Cancel', store);
      await cancelRun(runId);
    },

    async answer(runId, questionId, value, by) {
      await refusePart(await find(runId), 'Answer', store);
      const given = { value, ...(by !== undefined && { by }) };
      await answerQuestion(runId, questionId, given, { store, clock, held });
      feed.notify(runId);
    },

    watch: (runId, options) => watchRun(runId, { store, clock, feed }, options),

    async read(runId) {
      const record = await find(runId);
      const hasEnded = isTerminal(record.status);
      if (hasEnded) held.forget(runId);
      return toRunDocument(
        record,
        await store.readCommits(runId),
        hasEnded ? [] : await store.readMarks(runId),
      );
    },

    async handBack() {
      isLeaving = true;
      const running = [...live.values()];
      for (const { stop } of running) stop.handBack(closing());
      await Promise.allSettled(running.map(({ done }) => done));
    },

    async suspend() {
      const running = [...live.values()];
      for (const { stop } of running) stop.suspend(closing());
      await Promise.allSettled(running.map(({ done }) => done));
    },
  };
  return runner;
}

// --- internal ---

/** How often a run is looked at that another process holds. */
const heldElsewhereMs = 1_000;

/** A run that is executed here. */
interface LiveRun {
  readonly stop: StopSwitch;
  readonly done: Promise<void>;
}

function pickSecrets(
  workflow: RunRecord['workflow'],
  inputs: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const names = secretInputNames(workflow);
  const picked = Object.entries(inputs).filter(
    ([name, value]) => names.has(name) && (value ?? null) !== null,
  );
  return Object.fromEntries(picked);
}

function ended(runId: string, status: string): OattyError {
  return new OattyError('RUN_STATE_CONFLICT', `Run "${runId}" has ended: ${status}.`, {
    context: { run_id: runId, status },
  });
}

function closing(): OattyError {
  return new OattyError('RUN_STATE_CONFLICT', 'This process is closing; another one can carry the run on.', {
    retryable: true,
  });
}

/** Whoever else has the run notices the request at the next heartbeat. */
function ignoreConflict(thrown: unknown): void {
  if (OattyError.from(thrown).code !== 'RUN_STATE_CONFLICT') throw thrown;
}
