/** Tells those who watch runs in this process that something was written. It carries no events: the journal has them. */
export class RunFeed {
  readonly #waiting = new Map<string, Set<() => void>>();

  /** Wakes everybody who watches the run. */
  notify(runId: string): void {
    const wakers = this.#waiting.get(runId);
    this.#waiting.delete(runId);
    for (const wake of wakers ?? []) wake();
  }

  /** Calls `wake` at the next write. @returns a function that stops listening */
  onNext(runId: string, wake: () => void): () => void {
    const wakers = this.#waiting.get(runId) ?? new Set();
    this.#waiting.set(runId, wakers);
    wakers.add(wake);
    return () => {
      wakers.delete(wake);
      if (wakers.size === 0 && this.#waiting.get(runId) === wakers) this.#waiting.delete(runId);
    };
  }
}
