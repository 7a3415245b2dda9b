/**
 * A clock that stands still until a test moves it.
 *
 *   H1. Sleepers wake in the order of their times, those of one time in the order of falling asleep.
 *   H2. Between two of them everything that can go on without time has gone on.
 */
import type { Clock } from '../ports/clock.ts';

export interface HandClock extends Clock {
  /** Moves time forward and wakes whoever is due on the way. */
  advance(ms: number): Promise<void>;
  /** Sets the clock forward or (negative) back, as a person does it: whoever sleeps, sleeps as long as before. */
  set(ms: number): void;
  /** Lets time jump from sleeper to sleeper until the work is done. */
  play<Value>(work: Promise<Value>): Promise<Value>;
  /** Lets everything go on that needs no time. */
  settle(): Promise<void>;
  /** How many are asleep. */
  readonly sleepers: number;
}

/**
 * Starts on 2026-01-01 at midnight, UTC.
 *
 * @param isBusy - whether something goes on elsewhere that needs no time of this clock: a real database answers (H2)
 */
export function createHandClock(isBusy: () => boolean = () => false): HandClock {
  let now = Date.UTC(2026, 0, 1);
  const sleepers = new Set<Sleeper>();
  const turns = new Set<Promise<void>>();

  /** H2. Promises settle before the next turn of the event loop, and may ask for another one. */
  async function letEverythingElseRun(): Promise<void> {
    do await turnOfEvents();
    while (turns.size > 0 || isBusy());
  }

  function wakeNext(until: number): boolean {
    const next = firstOf(sleepers);
    if (next === undefined || next.due > until) return false;
    now = Math.max(now, next.due);
    sleepers.delete(next);
    next.wake();
    return true;
  }

  return {
    now: () => new Date(now),
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const sleeper: Sleeper = {
          due: now + ms,
          wake() {
            signal.removeEventListener('abort', abort);
            resolve();
          },
        };
        const abort = (): void => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        };
        signal.addEventListener('abort', abort, { once: true });
        sleepers.add(sleeper);
      });
    },
    async nextTurn() {
      const turn = turnOfEvents();
      turns.add(turn);
      await turn;
      turns.delete(turn);
    },
    async advance(ms) {
      const until = now + ms;
      await letEverythingElseRun();
      while (wakeNext(until)) await letEverythingElseRun();
      now = until;
    },
    set(ms) {
      now += ms;
      for (const sleeper of sleepers) sleeper.due += ms;
    },
    async play(work) {
      let isDone = false;
      work.then(
        () => (isDone = true),
        () => (isDone = true),
      );
      for (let jumps = 0; jumps < maxJumps; jumps += 1) {
        await letEverythingElseRun();
        if (isDone || !wakeNext(Number.POSITIVE_INFINITY)) return work;
      }
      throw new Error(`The work is not done after ${maxJumps} jumps of the clock.`);
    },
    settle: letEverythingElseRun,
    get sleepers() {
      return sleepers.size;
    },
  };
}

// --- internal ---

interface Sleeper {
  due: number;
  wake(): void;
}

const maxJumps = 100_000;

/** A `Set` keeps the order of falling asleep. */
function firstOf(sleepers: Iterable<Sleeper>): Sleeper | undefined {
  let first: Sleeper | undefined;
  for (const sleeper of sleepers) if (first === undefined || sleeper.due < first.due) first = sleeper;
  return first;
}

function turnOfEvents(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
