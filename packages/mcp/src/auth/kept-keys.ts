/**
 * Keys that are read when they are needed, and kept for a while.
 *
 *   P1. For ten minutes. What was taken out is then good no more, also where the server cannot be reached.
 *   P2. For a key that is not known they are read again, when they are older than 30 seconds.
 *   P3. All who wait share one reading, and after one that failed nobody reads for 5 seconds.
 */
export interface KeptKeys<Keys> {
  /** @throws what the reading throws */
  get(): Promise<Keys>;
  /**
   * For a key that is not among these.
   *
   * @returns the same ones when it is too early (P2)
   * @throws what the reading throws
   */
  getNewer(than: Keys): Promise<Keys>;
}

/** @param now - milliseconds since 1970 */
export function keepKeys<Keys>(read: () => Promise<Keys>, now: () => number): KeptKeys<Keys> {
  let kept: { readonly keys: Keys; readonly readAt: number } | undefined;
  let failure: { readonly thrown: unknown; readonly at: number } | undefined;
  let reading: Promise<Keys> | undefined;

  /** A clock that was put back makes nothing younger. */
  const isWithin = (ms: number, since: number) => now() >= since && now() - since < ms;
  const readNow = async () => {
    const readAt = now();
    try {
      const keys = await read();
      [kept, failure] = [{ keys, readAt }, undefined];
      return keys;
    } catch (thrown) {
      failure = { thrown, at: now() };
      throw thrown;
    } finally {
      reading = undefined;
    }
  };
  const renew = () => {
    if (failure !== undefined && isWithin(pauseMs, failure.at)) return Promise.reject(failure.thrown); // P3
    return (reading ??= readNow());
  };
  return {
    get: async () => (kept !== undefined && isWithin(maxAgeMs, kept.readAt) ? kept.keys : renew()),
    async getNewer(than) {
      if (kept === undefined) return renew();
      return kept.keys !== than || isWithin(minAgeMs, kept.readAt) ? kept.keys : renew();
    },
  };
}

// --- internal ---

/** P1 */
const maxAgeMs = 600_000;
/** P2 */
const minAgeMs = 30_000;
/** P3 */
const pauseMs = 5_000;
