/** Time that passes as fast as nobody waits for it: it jumps to whoever is due next once all else is done. */
import type { ReplayClock } from '@oatty/engine';
import { setImmediate as nextTurn } from 'node:timers/promises';

export function createReplayClock(startMs: number): ReplayClock {
  const sleepers = new Set<Sleeper>();
  let now = startMs;
  let isTurning = false;
  /** How many wait for the next turn. */
  let turns = 0;

  /** Promises settle before the next turn of the event loop. */
  function turn(): void {
    if (isTurning || sleepers.size === 0) return;
    isTurning = true;
    setImmediate(() => {
      isTurning = false;
      if (turns > 0) return turn();
      const next = firstOf(sleepers);
      if (next === undefined) return;
      now = Math.max(now, next.due);
      sleepers.delete(next);
      next.wake();
      turn();
    });
  }

  return {
    now: () => new Date(now),
    jumpTo(ms) {
      now = Math.max(now, ms);
    },
    async nextTurn() {
      turns += 1;
      await nextTurn();
      turns -= 1;
    },
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error); // the engine aborts with errors
        const abort = (): void => {
          sleepers.delete(sleeper);
          reject(signal.reason as Error);
        };
        const sleeper: Sleeper = {
          due: now + ms,
          wake() {
            signal.removeEventListener('abort', abort);
            resolve();
          },
        };
        signal.addEventListener('abort', abort, { once: true });
        sleepers.add(sleeper);
        turn();
      });
    },
  };
}

// --- internal ---

interface Sleeper {
  readonly due: number;
  wake(): void;
}

/** A `Set` keeps the order of falling asleep. */
function firstOf(sleepers: Iterable<Sleeper>): Sleeper | undefined {
  let first: Sleeper | undefined;
  for (const sleeper of sleepers) if (first === undefined || sleeper.due < first.due) first = sleeper;
  return first;
}
