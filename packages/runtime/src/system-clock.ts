/** The real clock and real chance. */
import type { Clock, Entropy } from '@oatty/engine';
import { setImmediate } from 'node:timers/promises';

/** What one timer of Node can wait: a little less than 25 days. */
const maxTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => new Date(),
  async sleep(ms, signal) {
    for (let left = ms; left > 0; left -= maxTimerMs) await waitOnce(Math.min(left, maxTimerMs), signal);
  },
  nextTurn: () => setImmediate(),
};

export const systemEntropy: Entropy = {
  id: () => globalThis.crypto.randomUUID(),
  fraction: () => Math.random(),
};

// --- internal ---

function waitOnce(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason as Error); // the engine aborts with errors
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
