export interface Clock {
  now(): Date;
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export interface Entropy {
  /** A new unguessable id. */
  id(): string;
  /** In [0, 1). */
  fraction(): number;
}
