/**
 * Carries on the runs that their process has left behind, in a process that lives long.
 *
 *   A1. It looks a few times a second: one question that an index answers. A look that fails is tried again later.
 *   A2. A process that has only just started does not take work away: it may be gone again in a moment.
 *   A3. Some runs at a time; the oldest first. One that cannot be carried on is left alone for a while.
 */
import { OattyError } from '@oatty/types';
import { setTimeout } from 'node:timers/promises';
import type { World } from '../world.ts';
import type { BackgroundRuns } from './background-runs.ts';

const lookMs = 500;
/** A2 */
const graceMs = 2_000;
/** A3 */
const maxRuns = 20;
const pauseMs = 3_000;

export class AbandonedRuns {
  readonly #world: World;
  readonly #background: BackgroundRuns;
  /** Runs that are not to be taken: carried on here, or not possible. */
  readonly #held = new Set<string>();
  #carried = 0;
  #isWatched = false;

  constructor(world: World, background: BackgroundRuns) {
    this.#world = world;
    this.#background = background;
  }

  /** Goes on until oatty is closed. */
  watch(): void {
    if (this.#isWatched) return;
    this.#isWatched = true;
    void this.#watch();
  }

  // --- internal ---

  async #watch(): Promise<void> {
    let waitMs = graceMs;
    while (await this.#rest(waitMs)) {
      waitMs = lookMs;
      try {
        await this.#look();
      } catch (thrown) {
        waitMs = pauseMs;
        if (!this.#isClosing) this.#world.options.onBackgroundError?.(OattyError.from(thrown));
      }
    }
  }

  async #look(): Promise<void> {
    const free = maxRuns - this.#carried;
    if (free === 0) return;
    const store = await this.#world.store();
    const now = this.#world.clock.now().toISOString();
    const abandoned = await store.listAbandonedRuns(now, free + this.#held.size);
    for (const runId of abandoned.filter((id) => !this.#held.has(id)).slice(0, free)) void this.#take(runId);
  }

  async #take(runId: string): Promise<void> {
    this.#held.add(runId);
    this.#carried += 1;
    const run = await this.#background.takeUp(runId);
    this.#carried -= 1;
    if (run === undefined) await this.#rest(pauseMs);
    this.#held.delete(runId);
  }

  /** Keeps no process alive. @returns whether there is more to do */
  async #rest(ms: number): Promise<boolean> {
    const { signal } = this.#world.closing;
    await setTimeout(ms, undefined, { ref: false, signal }).catch(() => {});
    return !signal.aborted;
  }

  get #isClosing(): boolean {
    return this.#world.closing.signal.aborted;
  }
}
