/**
 * Tells of what goes wrong behind everybody's back, without repeating itself while it lasts.
 *
 *   T1. It is told when it begins. While it lasts it is told again after a minute, and then after twice as long each time,
 *       an hour at most.
 *   T2. A journal that cannot be used is one trouble, however many runs and looks it stops. Everything else is one trouble
 *       for each message, which names the run.
 *   T3. What has not been heard of for half a minute is over: whatever stops is tried again sooner.
 */
import type { Clock } from '@oatty/engine';
import { OattyError } from '@oatty/types';

interface Trouble {
  lastAt: number;
  tellAgainAt: number;
  pauseMs: number;
}

export class BackgroundTrouble {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #listener: ((error: OattyError) => void) | undefined;
  readonly #lasting = new Map<string, Trouble>();

  constructor(clock: Pick<Clock, 'now'>, listener: ((error: OattyError) => void) | undefined) {
    this.#clock = clock;
    this.#listener = listener;
  }

  hear(thrown: unknown): void {
    const error = OattyError.from(thrown);
    if (this.#isNews(toKey(error))) this.#listener?.(error);
  }

  // --- internal ---

  #isNews(key: string): boolean {
    const now = this.#clock.now().getTime();
    this.#forgetOver(now);
    const trouble = this.#lasting.get(key);
    if (trouble === undefined) {
      this.#lasting.set(key, { lastAt: now, tellAgainAt: now + firstPauseMs, pauseMs: firstPauseMs });
      return true;
    }
    trouble.lastAt = now;
    if (now < trouble.tellAgainAt) return false;
    trouble.pauseMs = Math.min(trouble.pauseMs * 2, maxPauseMs);
    trouble.tellAgainAt = now + trouble.pauseMs;
    return true;
  }

  /** T3. Also when the clock was set. */
  #forgetOver(now: number): void {
    for (const [key, { lastAt }] of this.#lasting) {
      if (Math.abs(now - lastAt) > quietMs) this.#lasting.delete(key);
    }
  }
}

// --- internal ---

/** T1 */
const firstPauseMs = 60_000;
const maxPauseMs = 3_600_000;
/** T3 */
const quietMs = 30_000;

/** T2 */
function toKey({ code, message }: OattyError): string {
  return code === 'STORAGE_FAILED' || code === 'STATE_LOCKED' ? 'the journal' : `${code} ${message}`;
}
