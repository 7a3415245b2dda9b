/** Queues of the journal in memory; the rules S7, S8 and S10 are at the port. */
import { isTerminal, maxServingMs, OattyError } from '@oatty/types';
import type { Instant, QueuePlace, QueueSummary } from '@oatty/types';
import type { Lease, QueueClaim } from '../ports/run-store.ts';
import { canGoOn, Kept } from './stored-run.ts';
import type { StoredRun } from './stored-run.ts';

export class MemoryQueues {
  readonly #runs: ReadonlyMap<string, StoredRun>;
  /** Until when workers serve a queue; `undefined` stands for all queues. */
  readonly #servedUntil = new Map<string | undefined, Instant>();
  /** The queue whose turn was longest ago comes first. */
  readonly #turns = new Map<string, number>();
  #turn = 0;
  #arrivals = 0;

  constructor(runs: ReadonlyMap<string, StoredRun>) {
    this.#runs = runs;
  }

  /** @throws {OattyError} `RUN_STATE_CONFLICT` when another run has its key */
  enter(run: StoredRun, queue: QueuePlace): void {
    this.refuseDuplicate(queue, run.summary.run_id);
    run.record = new Kept({ ...run.record.read(), queue });
    run.queue = queue;
    run.standing = { arrival: (this.#arrivals += 1) };
    run.lease = heldByTheLine;
  }

  /** @throws {OattyError} `RUN_STATE_CONFLICT` when another run has the key */
  refuseDuplicate({ name, dedup_key }: QueuePlace, runId: string): void {
    if (dedup_key === undefined) return;
    const other = [...this.#runs.values()].find(({ summary, queue }) => {
      const isOther = summary.run_id !== runId && !isTerminal(summary.status);
      return isOther && queue?.name === name && queue.dedup_key === dedup_key;
    });
    if (other !== undefined) throw toDuplicate(other.summary.run_id, name, dedup_key);
  }

  claim({ lease, now, queues, unserved, runId }: QueueClaim): string | undefined {
    const wanted = this.#line()
      .filter(({ summary, queue }) => {
        if (queues !== undefined && !queues.includes(queue.name)) return false;
        if (unserved === true && this.#isServed(queue.name, now)) return false;
        return runId === undefined || summary.run_id === runId;
      })
      .sort(inOrder);
    const heads = [...new Map(wanted.reverse().map((run) => [run.queue.name, run])).values()];
    const free = heads
      .filter((run) => this.#hasRoom(run.queue, now))
      .filter(({ queue }) => {
        return this.#hasShare(queue, lease.owner, runId === undefined ? this.#countFree(queue, now) : 0);
      })
      .sort((first, second) => this.#turnOf(first) - this.#turnOf(second))[0];
    if (free === undefined) return undefined;
    this.#turns.set(free.queue.name, (this.#turn += 1));
    free.lease = lease;
    free.standing.claimedAt = now;
    free.record = new Kept({ ...free.record.read(), claimed_at: now });
    return free.summary.run_id;
  }

  /** Whether the owner may hold a run that has begun; one that was asked to cancel only has to be ended. */
  mayHold({ queue, standing, lease, isCancelRequested }: StoredRun, owner: string): boolean {
    if (queue === undefined || standing?.claimedAt === undefined || isCancelRequested) return true;
    return lease?.owner === owner || this.#hasShare(queue, owner);
  }

  serve(queues: readonly string[] | undefined, until: Instant): void {
    for (const name of queues ?? [undefined]) this.#servedUntil.set(name, until);
  }

  list(now: Instant): readonly QueueSummary[] {
    const open = this.#queued().filter(({ summary }) => !isTerminal(summary.status));
    const names = new Set(open.map(({ queue }) => queue.name));
    return [...names].sort().map((name) => {
      const own = open.filter(({ queue }) => queue.name === name);
      return {
        name,
        queued: own.filter(isInLine).length,
        begun: own.filter(({ standing }) => standing.claimedAt !== undefined).length,
        served: this.#isServed(name, now),
      };
    });
  }

  // --- internal ---

  #queued(): readonly QueuedRun[] {
    return [...this.#runs.values()].filter((run): run is QueuedRun => run.standing !== undefined);
  }

  #line(): readonly QueuedRun[] {
    return this.#queued().filter(isInLine);
  }

  #turnOf({ queue }: QueuedRun): number {
    return this.#turns.get(queue.name) ?? 0;
  }

  #isServed(name: string, now: Instant): boolean {
    return [name, undefined].some((served) =>
      isWithin(this.#servedUntil.get(served), now, { until: maxServingMs }),
    );
  }

  #hasRoom({ name, concurrency, rate }: QueuePlace, now: Instant): boolean {
    if (this.#begun(name).length >= (concurrency ?? Infinity)) return false;
    if (rate === undefined) return true;
    const window = { since: -rate.per_ms, until: rate.per_ms };
    const recent = this.#claimed(name).filter(({ standing }) => isWithin(standing.claimedAt, now, window));
    return recent.length < rate.limit;
  }

  #hasShare({ name, worker_concurrency }: QueuePlace, owner: string, kept = 0): boolean {
    const held = this.#begun(name).filter(({ lease }) => lease?.owner === owner);
    return held.length + kept < (worker_concurrency ?? Infinity);
  }

  /** Runs that have begun, can go on, and are held by nobody: whoever takes runs over takes them before the next in line. */
  #countFree({ name }: QueuePlace, now: Instant): number {
    return this.#begun(name).filter((run) => canGoOn(run, now) && !(run.lease && run.lease.until > now))
      .length;
  }

  #begun(name: string): readonly QueuedRun[] {
    return this.#claimed(name).filter(({ summary }) => !isTerminal(summary.status));
  }

  #claimed(name: string): readonly QueuedRun[] {
    return this.#queued().filter(
      ({ queue, standing }) => queue.name === name && standing.claimedAt !== undefined,
    );
  }
}

// --- internal ---

type QueuedRun = StoredRun & {
  readonly queue: QueuePlace;
  readonly standing: NonNullable<StoredRun['standing']>;
};

/** S7: nobody else gets a lease that does not run out. */
const heldByTheLine: Lease = { owner: '(queue)', until: '9999-12-31T23:59:59.999Z' };

export function isInLine({ lease }: StoredRun): boolean {
  return lease === heldByTheLine;
}

/** S10. Not as early as `since`, and no later than `until`, in milliseconds from now. */
function isWithin(
  instant: Instant | undefined,
  now: Instant,
  { since = 0, until }: { readonly since?: number; readonly until: number },
): boolean {
  if (instant === undefined) return false;
  const ms = Date.parse(instant) - Date.parse(now);
  return ms > since && ms <= until;
}

/** S8 */
function inOrder(first: QueuedRun, second: QueuedRun): number {
  const byPriority = second.queue.priority - first.queue.priority;
  return byPriority === 0 ? first.standing.arrival - second.standing.arrival : byPriority;
}

function toDuplicate(runId: string, queue: string, key: string): OattyError {
  return new OattyError('RUN_STATE_CONFLICT', `Run "${runId}" of queue "${queue}" has the key "${key}".`, {
    suggestedAction: 'Watch that run, or start another one when it has ended.',
    context: { reason: 'duplicate', run_id: runId, queue, dedup_key: key },
  });
}
