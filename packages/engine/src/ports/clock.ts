export interface Clock {
  now(): Date;
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Resolves when everything has gone on that can go on without waiting. */
  nextTurn(): Promise<void>;
}

export interface Entropy {
  /** A new unguessable id. */
  id(): string;
  /** In [0, 1). */
  fraction(): number;
}
