/**
 * Whether all that is in flight in a run waits for time, and until when.
 *
 *   A1. Each piece of work in flight counts as awake; while it sleeps it does not.
 *   A2. When nobody is awake and the first sleeper is due later than `parkAfterMs`, the run is parked: all are woken
 *       with a `Suspension`, so that nothing of the run stays in memory. The journal knows when each is due.
 */
import type { Clock } from '../ports/clock.ts';
import { Suspension } from './stop-switch.ts';

export class Activity {
  readonly #clock: Clock;
  readonly #parkAfterMs: number;
  readonly #sleepers = new Set<Sleeper>();
  readonly #leaving: AbortSignal | undefined;
  readonly #parking = new AbortController();
  /** The run itself is the first piece of work. */
  #awake = 1;
  #parkedUntil: number | undefined;

  /** @param leaving - wakes all with its reason, so that nobody waits for those who sleep */
  constructor(clock: Clock, parkAfterMs: number, leaving?: AbortSignal) {
    this.#clock = clock;
    this.#parkAfterMs = parkAfterMs;
    this.#leaving = leaving;
  }

  /** When the first sleeper of a parked run is due; `undefined` while the run goes on. */
  get parkedUntil(): number | undefined {
    return this.#parkedUntil;
  }

  /** Pieces of work were taken up (or, negative, have ended). */
  shift(count: number): void {
    this.#awake += count;
    this.#watch();
  }

  /**
   * @param due - epoch milliseconds
   * @param wakeAt - when a parked run has to look at the piece again; at latest at `due`
   * @throws {Suspension} when the run is parked or handed back; the reason of `signal`
   */
  async sleepUntil(due: number, signal: AbortSignal, wakeAt: number = due): Promise<void> {
    const ms = due - this.#clock.now().getTime();
    if (ms <= 0) return;
    const sleeper = { dueAt: Math.min(due, wakeAt) };
    this.#sleepers.add(sleeper);
    this.shift(-1);
    try {
      const woken = [signal, this.#parking.signal, ...(this.#leaving ? [this.#leaving] : [])];
      await this.#clock.sleep(ms, AbortSignal.any(woken));
    } finally {
      this.#sleepers.delete(sleeper);
      this.#awake += 1;
    }
  }

  // --- internal ---

  /** What follows at once, such as the next step, still counts: the look is taken after it. */
  #watch(): void {
    if (this.#awake > 0 || this.#sleepers.size === 0) return;
    queueMicrotask(() => this.#parkIfAsleep());
  }

  #parkIfAsleep(): void {
    if (this.#awake > 0 || this.#sleepers.size === 0) return;
    const first = Math.min(...[...this.#sleepers].map(({ dueAt }) => dueAt));
    if (first - this.#clock.now().getTime() <= this.#parkAfterMs) return;
    this.#parkedUntil = first;
    this.#parking.abort(new Suspension('RUN_STATE_CONFLICT', 'The run waits for time.'));
  }
}

interface Sleeper {
  readonly dueAt: number;
}
