/**
 * Wakes runs of this process that wait for time, with one timer for all of them.
 *
 * The journal knows when they are due: should this process end before, another one wakes them.
 */
import type { Instant } from '@oatty/types';
import type { World } from '../world.ts';

export class DueRuns {
  readonly #world: World;
  readonly #carryOn: (runId: string) => void;
  /** Epoch milliseconds by run. */
  readonly #dueAt = new Map<string, number>();
  #alarm: { readonly at: number; readonly off: AbortController } | undefined;

  constructor(world: World, carryOn: (runId: string) => void) {
    this.#world = world;
    this.#carryOn = carryOn;
  }

  expect(runId: string, dueAt: Instant): void {
    this.#dueAt.set(runId, Date.parse(dueAt));
    this.#setAlarm(Date.parse(dueAt));
  }

  // --- internal ---

  #setAlarm(at: number): void {
    if (this.#alarm !== undefined && this.#alarm.at <= at) return;
    this.#alarm?.off.abort('earlier');
    const { clock, closing } = this.#world;
    const off = new AbortController();
    this.#alarm = { at, off };
    const signal = AbortSignal.any([off.signal, closing.signal]);
    const ms = Math.max(0, at - clock.now().getTime());
    clock.sleep(ms, signal).then(
      () => this.#ring(),
      () => {}, // an earlier one rings, or oatty is closed
    );
  }

  #ring(): void {
    this.#alarm = undefined;
    const now = this.#world.clock.now().getTime();
    const due = [...this.#dueAt].filter(([, at]) => at <= now);
    for (const [runId] of due) {
      this.#dueAt.delete(runId);
      this.#carryOn(runId);
    }
    if (this.#dueAt.size > 0) this.#setAlarm(Math.min(...this.#dueAt.values()));
  }
}
