/**
 * So many requests of each caller in a second on average, and some more after a pause.
 *
 * Each request that goes on moves a caller's own time forward by the time that it may take on average; that time may
 * run ahead of the clock by a burst (the "generic cell rate algorithm").
 */

export interface Rate {
  readonly requestsPerSecond: number;
  readonly burst: number;
}

/** Callers that are remembered; the one that was seen longest ago is forgotten first. */
const maxCallers = 10_000;

export class RateLimiter {
  readonly #msPerRequest: number;
  readonly #maxAheadMs: number;
  readonly #now: () => number;
  /** The time of each caller, the one that was seen last at the end. */
  readonly #times = new Map<string, number>();

  /** @param now - milliseconds */
  constructor({ requestsPerSecond, burst }: Rate, now: () => number) {
    this.#msPerRequest = 1_000 / requestsPerSecond;
    this.#maxAheadMs = (burst - 1) * this.#msPerRequest;
    this.#now = now;
  }

  /** @returns 0 when the request may go on, else the milliseconds until one may */
  take(caller: string): number {
    const now = this.#now();
    const time = Math.max(now, this.#times.get(caller) ?? 0);
    const excessMs = time - now - this.#maxAheadMs;
    this.#remember(caller, excessMs > 0 ? time : time + this.#msPerRequest);
    return Math.ceil(Math.max(0, excessMs));
  }

  #remember(caller: string, time: number): void {
    this.#times.delete(caller);
    this.#times.set(caller, time);
    if (this.#times.size <= maxCallers) return;
    const [oldest] = this.#times.keys();
    if (oldest !== undefined) this.#times.delete(oldest);
  }
}
