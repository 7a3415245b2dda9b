/**
 * Carries runs that are in line, as far as this process is meant to.
 *
 *   Q1. A worker claims runs of the queues that it serves, and says in the journal that it does.
 *   Q2. A process that takes over claims runs of queues that no worker serves.
 *   Q3. Any other process claims the runs that it has started itself, of such queues. Whoever is before them in line is
 *       passed: perhaps nobody carries those.
 *   Q4. A place that becomes free is filled at once.
 */
import type { ClaimOptions } from '@oatty/engine';
import { keepLooking } from '../keep-looking.ts';
import type { World } from '../world.ts';
import type { WorkOptions } from './worker.ts';

/** Carries a claimed run on here, until it rests or that is not possible. */
type TakeUp = (runId: string) => Promise<unknown>;

export class QueuedRuns {
  readonly #world: World;
  readonly #takeUp: TakeUp;
  /** Q3 */
  readonly #own = new Set<string>();
  #carried = 0;
  #role: 'starter' | 'stand-in' | 'worker' = 'starter';
  #isWatched = false;
  #isLooking = false;
  #mayLookAgain = false;
  #isLeaving = false;
  #work: WorkOptions = {};
  #announcedAt = 0;

  constructor(world: World, takeUp: TakeUp) {
    this.#world = world;
    this.#takeUp = takeUp;
  }

  /** A run that this process has put in line. */
  expect(runId: string): void {
    if (this.#role === 'starter') this.#own.add(runId);
    this.#watch(ownPace);
    void this.#look().catch(() => {}); // the next look tells
  }

  /** Q2. A worker serves what it serves. */
  standIn(): void {
    if (this.#role === 'starter') this.#role = 'stand-in';
    this.#own.clear(); // they are in line like others
    this.#watch(standInPace);
  }

  /** Q1 */
  serve(work: WorkOptions): void {
    this.#role = 'worker';
    this.#own.clear();
    this.#work = work;
    this.#watch(workerPace);
  }

  /** No run is claimed here any more. */
  leave(): void {
    this.#isLeaving = true;
  }

  // --- internal ---

  #watch(pace: Parameters<typeof keepLooking>[2]): void {
    if (this.#isWatched) return;
    this.#isWatched = true;
    void keepLooking(this.#world, () => this.#look(), pace);
  }

  /** One look at a time; what is asked for meanwhile is one more afterwards. */
  async #look(): Promise<void> {
    this.#mayLookAgain = true;
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      while (this.#mayLookAgain) {
        this.#mayLookAgain = false;
        await this.#fill();
      }
    } finally {
      this.#isLooking = false;
    }
  }

  async #fill(): Promise<void> {
    if (this.#role === 'worker') await this.#announce();
    const room = this.#role === 'worker' ? (this.#work.concurrency ?? defaultConcurrency) : maxRuns;
    while (this.#carried < room && this.#mayClaim()) {
      const runId = this.#role === 'starter' ? await this.#claimOwn() : await this.#claim(this.#choice());
      if (runId === undefined) return;
      void this.#carry(runId);
    }
  }

  #mayClaim(): boolean {
    const hasWork = this.#role !== 'starter' || this.#own.size > 0;
    return hasWork && !this.#isLeaving && !this.#world.closing.signal.aborted;
  }

  #choice(): ClaimOptions {
    if (this.#role === 'stand-in') return { unserved: true };
    const { queues } = this.#work;
    return queues === undefined ? {} : { queues };
  }

  async #claim(choice: ClaimOptions): Promise<string | undefined> {
    return (await this.#world.runner()).claim(choice);
  }

  /** A few of them at a time; those that have left the line without us are forgotten. */
  async #claimOwn(): Promise<string | undefined> {
    const store = await this.#world.store();
    for (const runId of [...this.#own].slice(0, maxOwnLooks)) {
      const claimed = await this.#claim({ runId, unserved: true });
      const record = claimed === undefined ? await store.getRun(runId) : undefined;
      this.#own.delete(runId);
      if (claimed !== undefined) return claimed;
      if (record?.status !== 'pending') continue;
      if (record.claimed_at !== undefined) return runId; // by others, or by us: then that was not heard
      this.#own.add(runId); // behind the others
    }
    return undefined;
  }

  /** Q4 */
  async #carry(runId: string): Promise<void> {
    this.#carried += 1;
    this.#work.onClaim?.(runId);
    try {
      await this.#takeUp(runId);
    } finally {
      this.#carried -= 1;
    }
    await this.#look().catch(() => {}); // the next look tells
  }

  /** Q1 */
  async #announce(): Promise<void> {
    const now = this.#world.clock.now().getTime();
    const sinceMs = now - this.#announcedAt; // less than nothing when the clock was set back
    if ((sinceMs >= 0 && sinceMs < announceMs) || this.#isLeaving) return;
    const store = await this.#world.store();
    await store.serveQueues(this.#work.queues, new Date(now + servedMs).toISOString());
    this.#announcedAt = now;
  }
}

// --- internal ---

const defaultConcurrency = 10;

/** Of a process that is there for other things. */
const maxRuns = 20;
const maxOwnLooks = 20;

/** For how long a queue counts as served by a worker that was there, and how often one that is there says so. */
const servedMs = 5 * 60_000;
const announceMs = 15_000;

const ownPace = { graceMs: 250, lookMs: 250 };
const standInPace = {};
/** A look at an empty line is one question that an index answers. */
const workerPace = { graceMs: 0, lookMs: 100 };
