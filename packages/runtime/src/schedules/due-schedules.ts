/** Starts what schedules are due, in a process that lives long. */
import type { Schedule } from '@oatty/types';
import { keepLooking, reportFailure } from '../keep-looking.ts';
import type { Runs } from '../runs/runs.ts';
import type { World } from '../world.ts';
import { fireSchedule } from './fire-schedule.ts';
import { wakeListening } from './wake-listening.ts';

const maxSchedules = 20;
/** What nobody has seen within a minute counts as missed: it is seen before. */
const allEveryMs = 30_000;
const latelyMs = 10_000;

export class DueSchedules {
  readonly #world: World;
  readonly #runs: Runs;
  /** Those that are acted on here right now; some take their time, since providers of inputs are called. */
  readonly #held = new Set<string>();
  #isWatched = false;
  /** When all schedules for events were looked at, in milliseconds since 1970. */
  #lookedAtAll = 0;

  constructor(world: World, runs: Runs) {
    this.#world = world;
    this.#runs = runs;
  }

  /** Goes on until oatty is closed. */
  watch(): void {
    if (this.#isWatched) return;
    this.#isWatched = true;
    void keepLooking(this.#world, () => this.#look());
  }

  // --- internal ---

  async #look(): Promise<void> {
    const store = await this.#world.schedules();
    const now = this.#world.clock.now().toISOString();
    const due = await store.listDueSchedules(now, maxSchedules + this.#held.size);
    for (const schedule of due.filter(({ schedule_id: id }) => !this.#held.has(id)))
      void this.#fire(schedule);
    await this.#wake(); // last, so that events that cannot be read keep no time from being acted on
  }

  async #wake(): Promise<void> {
    const now = this.#world.clock.now().getTime();
    const isAll = Math.abs(now - this.#lookedAtAll) >= allEveryMs;
    await wakeListening(this.#world, isAll ? undefined : new Date(now - latelyMs));
    if (isAll) this.#lookedAtAll = now;
  }

  /** One that cannot be acted on keeps no other from its time; its claim keeps it from being tried again at once. */
  async #fire(schedule: Schedule): Promise<void> {
    this.#held.add(schedule.schedule_id);
    try {
      await fireSchedule(this.#world, this.#runs, schedule);
    } catch (thrown) {
      reportFailure(this.#world, thrown);
    } finally {
      this.#held.delete(schedule.schedule_id);
    }
  }
}
