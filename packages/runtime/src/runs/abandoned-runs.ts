/**
 * Carries on the runs that their process has left behind, in a process that lives long.
 *
 *   A1. A look is one question that an index answers.
 *   A2. Some runs at a time; the oldest first. One that cannot be carried on is left alone for a second: another process has it, or
 *       this one carries as many of its queue as it may.
 */
import { keepLooking, rest } from '../keep-looking.ts';
import type { World } from '../world.ts';
import type { BackgroundRuns } from './background-runs.ts';

/** A2 */
const maxRuns = 20;
const againMs = 1_000;

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
    void keepLooking(this.#world, () => this.#look());
  }

  // --- internal ---

  async #look(): Promise<void> {
    const free = maxRuns - this.#carried;
    if (free === 0 || this.#background.isLeaving) return;
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
    if (run === undefined) await rest(this.#world, againMs);
    this.#held.delete(runId);
  }
}
