/**
 * Looks for work in the journal again and again, in a process that lives long.
 *
 *   L1. A few times a second, until oatty is closed; no process is kept alive by it.
 *   L2. A process that has only just started takes no work away: it may be gone again in a moment.
 *   L3. A look that fails is reported, and tried again later.
 *   L4. When the clock has jumped (it was set, or the machine was asleep), leases of living processes look as if they were
 *       over: no look is taken before their owners had the time for a sign of life.
 */
import { setTimeout } from 'node:timers/promises';
import type { World } from './world.ts';

/** How long is waited after something that failed. */
const pauseMs = 3_000;

interface Pace {
  /** L2; default two seconds. */
  readonly graceMs?: number;
  /** L1; default half a second. */
  readonly lookMs?: number;
}

export async function keepLooking(world: World, look: () => Promise<void>, pace: Pace = {}): Promise<void> {
  let waitMs = pace.graceMs ?? graceMs;
  let clock = clockAgainstUptime(world);
  while (await rest(world, waitMs)) {
    const before = clock;
    clock = clockAgainstUptime(world);
    const hasJumped = Math.abs(clock - before) > maxDriftMs;
    waitMs = hasJumped ? graceMs : (pace.lookMs ?? lookMs);
    try {
      if (!hasJumped) await look();
    } catch (thrown) {
      waitMs = pauseMs;
      reportFailure(world, thrown);
    }
  }
}

/** @returns whether there is more to do */
export async function rest({ closing }: World, ms: number): Promise<boolean> {
  await setTimeout(ms, undefined, { ref: false, signal: closing.signal }).catch(() => {});
  return !closing.signal.aborted;
}

/** What fails because oatty is being closed is as it should be. */
export function reportFailure({ closing, trouble }: World, thrown: unknown): void {
  if (!closing.signal.aborted) trouble.hear(thrown);
}

// --- internal ---

/** L1 */
const lookMs = 500;
/** L2, L4: a lease is renewed every second. */
const graceMs = 2_000;
/** L4 */
const maxDriftMs = 1_000;

/** Stays the same while the clock goes on as it should. */
function clockAgainstUptime({ clock }: World): number {
  return clock.now().getTime() - performance.now();
}
