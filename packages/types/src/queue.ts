/** Queues: where runs wait in line until somebody may carry them. */

export const queueNamePattern: RegExp = /^[A-Za-z0-9_-]{1,64}$/;

/** A worker says that it serves a queue for less than this; what is said for longer comes from a clock that was set since. */
export const maxServingMs: number = 6 * 60_000;

/** So many runs may begin in any stretch of time of that length. */
interface QueueRate {
  readonly limit: number;
  readonly per_ms: number;
}

/** The place that a run asks for in a queue, and the limits that hold for its own beginning. */
export interface QueuePlace {
  readonly name: string;
  /** The greater goes first; runs of the same priority go in the order of their arrival. */
  readonly priority: number;
  /** Of the runs that have not ended, one has it. */
  readonly dedup_key?: string;
  /** How many runs of the queue may have begun and not ended. */
  readonly concurrency?: number;
  /** How many of them one process may carry. */
  readonly worker_concurrency?: number;
  readonly rate?: QueueRate;
}

/** What is going on in a queue. */
export interface QueueSummary {
  readonly name: string;
  /** Runs in line. */
  readonly queued: number;
  /** Runs that have left the line and have not ended. */
  readonly begun: number;
  /** Whether a worker has served it within the last minutes. */
  readonly served: boolean;
}
