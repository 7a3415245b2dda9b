/** Runs that are carried on here while whoever started them does other things. */
import type { Runner } from '@oatty/engine';
import { isTerminal, OattyError } from '@oatty/types';
import type { RunDocument } from '@oatty/types';
import { rest } from '../keep-looking.ts';
import { QueuedRuns } from '../queues/queued-runs.ts';
import type { World } from '../world.ts';
import { loadRunCommands } from './load-run-commands.ts';
import { DueRuns } from './due-runs.ts';

export class BackgroundRuns {
  readonly #world: World;
  /** Stops following the signal that a run was started with. */
  readonly #followed = new Map<string, () => void>();
  readonly #due: DueRuns;
  /** Those that wait in line. */
  readonly queued: QueuedRuns;
  #isLeaving = false;
  #onRest: (run: RunDocument) => void = () => {};

  constructor(world: World) {
    this.#world = world;
    this.#due = new DueRuns(world, (runId) => void this.carryToRest(runId));
    this.queued = new QueuedRuns(world, (runId) => this.takeUp(runId));
  }

  /** To each run that rests here. */
  listen(onRest: (run: RunDocument) => void): void {
    this.#onRest = onRest;
  }

  /** No run is taken from another process or from a line any more. */
  get isLeaving(): boolean {
    return this.#isLeaving;
  }

  leave(): void {
    this.#isLeaving = true;
    this.queued.leave();
  }

  /**
   * A run fails without an exception; what is reported here is a journal that cannot be written, or a lost lease.
   *
   * @returns the run when it rests: it has ended, waits (and is woken here when it is due), or is in line now;
   *   `undefined` when it cannot be carried on here
   */
  async carryOn(runner: Runner, runId: string): Promise<RunDocument | undefined> {
    try {
      const run = await runner.execute(runId);
      if (isTerminal(run.status)) this.#leave(runId);
      if (run.due_at !== undefined) this.#due.expect(runId, run.due_at);
      if (isInLine(run)) this.queued.expect(runId);
      this.#onRest(run);
      return run;
    } catch (thrown) {
      this.#leave(runId);
      this.#report(thrown);
      return undefined;
    }
  }

  /** Carries on a run that was started here, and keeps trying when that is not possible at once. @returns as `carryOn` */
  async begin(runner: Runner, runId: string): Promise<RunDocument | undefined> {
    const run = await this.carryOn(runner, runId);
    if (run === undefined) void this.#tryAgain(runId);
    return run;
  }

  /**
   * Carries on a run that was at rest: its manifest may come from another process, and commands may have changed since.
   *
   * @returns as `carryOn`
   */
  async takeUp(runId: string): Promise<RunDocument | undefined> {
    const { runner, store } = this.#world;
    try {
      const record = await (await store()).getRun(runId);
      await loadRunCommands(this.#world, record?.workflow);
    } catch (thrown) {
      this.#report(thrown);
      return undefined;
    }
    return this.carryOn(await runner(), runId);
  }

  /**
   * Carries on a run that was answered here, or is due. Somebody may hold it for a moment still, or have died
   * holding it: then its lease runs out, and nobody hears of that.
   */
  async carryToRest(runId: string): Promise<void> {
    if ((await this.takeUp(runId)) === undefined) await this.#tryAgain(runId);
  }

  /**
   * Whoever holds the run ends it within a second, or has died: then that is done here.
   *
   * @throws {OattyError} as `runner.cancel`
   */
  async cancel(runner: Runner, runId: string): Promise<void> {
    await runner.cancel(runId);
    void this.#tryAgain(runId);
  }

  /** Cancels the run when the signal aborts, also while it waits for an answer. */
  follow(runner: Runner, runId: string, signal: AbortSignal): void {
    const cancel = () => void this.#cancel(runner, runId);
    if (signal.aborted) return cancel();
    signal.addEventListener('abort', cancel, { once: true });
    this.#followed.set(runId, () => signal.removeEventListener('abort', cancel));
  }

  /** Until it rests here, or somebody else has brought it to its rest. */
  async #tryAgain(runId: string): Promise<void> {
    while (!this.#isLeaving && (await rest(this.#world, retryMs)) && (await this.#canGoOn(runId))) {
      if ((await this.takeUp(runId)) !== undefined) return;
    }
  }

  async #canGoOn(runId: string): Promise<boolean> {
    try {
      const store = await this.#world.store();
      const run = await store.getRun(runId);
      if (run?.status !== 'waiting') return run?.status === 'pending' || run?.status === 'running';
      const isDue = run.due_at !== undefined && Date.parse(run.due_at) <= this.#world.clock.now().getTime();
      return isDue || (await store.isCancelRequested(runId));
    } catch {
      return true; // the next try reports it
    }
  }

  async #cancel(runner: Runner, runId: string): Promise<void> {
    try {
      await this.cancel(runner, runId);
    } catch (thrown) {
      const hasEnded = OattyError.from(thrown).code === 'RUN_STATE_CONFLICT';
      if (!hasEnded) this.#report(thrown);
    }
  }

  #leave(runId: string): void {
    this.#followed.get(runId)?.();
    this.#followed.delete(runId);
  }

  /** That a run was let go is as it should be once this process leaves; so is one that another process has taken first. */
  #report(thrown: unknown): void {
    const { closing, trouble } = this.#world;
    const error = OattyError.from(thrown);
    const isTaken = error.options.context?.['reason'] === 'leased';
    const isLeft = closing.signal.aborted || (this.#isLeaving && error.code === 'RUN_STATE_CONFLICT');
    if (!isLeft && !isTaken) trouble.hear(error);
  }
}

// --- internal ---

/** How often a run is tried to be taken that another process holds. */
const retryMs = 1_000;

/** It had to ask before it could wait for its turn. */
function isInLine({ status, queue, claimed_at }: RunDocument): boolean {
  return status === 'pending' && queue !== undefined && claimed_at === undefined;
}
