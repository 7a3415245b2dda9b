/**
 * Waits for a lock that another process holds, without holding this one up: SQLite itself would wait by sleeping.
 *
 * @throws what `attempt` throws: at once when it is no lock, else when it is still there after `maxWaitMs`
 */
import { isBusy } from './sqlite-error.ts';

export async function untilFree<Result>(attempt: () => Result, maxWaitMs: number): Promise<Result> {
  const deadline = performance.now() + maxWaitMs;
  for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, 50)) {
    try {
      return attempt();
    } catch (thrown) {
      if (!isBusy(thrown) || performance.now() >= deadline) throw thrown;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
