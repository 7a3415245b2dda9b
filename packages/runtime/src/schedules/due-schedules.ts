/** Looks for schedules that are due, in a process that lives long; see `runs/abandoned-runs.ts` for the manner. */
import { OattyError } from '@oatty/types';
import type { Schedule } from '@oatty/types';
import { setTimeout } from 'node:timers/promises';
import type { Runs } from '../runs/runs.ts';
import type { World } from '../world.ts';
import { fireSchedule } from './fire-schedule.ts';

const lookMs = 500;
const graceMs = 2_000;
const pauseMs = 3_000;
const maxSchedules = 20;

export class DueSchedules {
  readonly #world: World;
  readonly #runs: Runs;
  #isWatched = false;

  constructor(world: World, runs: Runs) {
    this.#world = world;
    this.#runs = runs;
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
        this.#report(thrown);
      }
    }
  }

  async #look(): Promise<void> {
    const store = await this.#world.schedules();
    const now = this.#world.clock.now().toISOString();
    const due = await store.listDueSchedules(now, maxSchedules);
    await Promise.all(due.map((schedule) => this.#fire(schedule)));
  }

  /** One that cannot be acted on keeps no other from its time; its claim keeps it from being tried again at once. */
  async #fire(schedule: Schedule): Promise<void> {
    try {
      await fireSchedule(this.#world, this.#runs, schedule);
    } catch (thrown) {
      this.#report(thrown);
    }
  }

  #report(thrown: unknown): void {
    const { closing, options } = this.#world;
    if (!closing.signal.aborted) options.onBackgroundError?.(OattyError.from(thrown));
  }

  /** Keeps no process alive. @returns whether there is more to do */
  async #rest(ms: number): Promise<boolean> {
    const { signal } = this.#world.closing;
    await setTimeout(ms, undefined, { ref: false, signal }).catch(() => {});
    return !signal.aborted;
  }
}
