/**
 * Keeps the lease of a run alive while it is executed, and hears there whether somebody asked to cancel.
 *
 *   L1. A lease that somebody else has taken suspends the run here at once, also when it is free again by now: a process
 *       that was stopped for a while must not go on with what it knew of the run.
 *   L2. A store that cannot be reached is tried again until the lease has run out; then the run is suspended.
 */
import { OattyError } from '@oatty/types';
import type { Clock } from '../ports/clock.ts';
import type { Lease, RunStore } from '../ports/run-store.ts';
import type { StopSwitch } from './stop-switch.ts';

/** How long a run stays taken without a sign of life, and how often there is one. */
const leaseMs = 4_000;
const heartbeatMs = 1_000;

export function leaseFrom(owner: string, now: Date): Lease {
  return { owner, until: new Date(now.getTime() + leaseMs).toISOString() };
}

/**
 * Takes the lease now.
 *
 * @returns `false` for a run that has ended meanwhile
 * @throws {OattyError} `RUN_STATE_CONFLICT` while somebody else has it, or this process no room for it in its queue
 */
export async function takeLease(
  runId: string,
  owner: string,
  store: RunStore,
  clock: Clock,
): Promise<boolean> {
  const now = clock.now();
  try {
    if (await store.acquireLease(runId, leaseFrom(owner, now), now.toISOString())) return true;
  } catch (thrown) {
    if (OattyError.from(thrown).code === 'RUN_STATE_CONFLICT') return false;
    throw thrown;
  }
  const why = 'another process has it, or this one carries as many of its queue as it may';
  throw new OattyError('RUN_STATE_CONFLICT', `Run "${runId}" cannot be carried on here now: ${why}.`, {
    suggestedAction: 'Watch its events, or wait until it has ended.',
    retryable: true,
    context: { run_id: runId, reason: 'leased' },
  });
}

/** Goes on until `signal` aborts. Never throws. */
export async function keepLease(
  runId: string,
  owner: string,
  { store, clock, stop }: { readonly store: RunStore; readonly clock: Clock; readonly stop: StopSwitch },
  signal: AbortSignal,
): Promise<void> {
  let until = clock.now().getTime() + leaseMs;
  while (await sleepUnlessAborted(clock, signal)) {
    const now = clock.now();
    try {
      const lease = leaseFrom(owner, now);
      if (!(await store.renewLease(runId, lease))) return stop.suspend(lostLease(runId));
      until = Date.parse(lease.until);
      if (await store.isCancelRequested(runId)) stop.cancel();
    } catch (thrown) {
      // The end of the run and its last heartbeat may cross: then there is nothing to keep.
      const error = OattyError.from(thrown);
      if (error.code === 'RUN_STATE_CONFLICT') return;
      if (clock.now().getTime() >= until) return stop.suspend(error);
    }
  }
}

// --- internal ---

async function sleepUnlessAborted(clock: Clock, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(heartbeatMs, signal);
    return !signal.aborted;
  } catch {
    return false; // aborted
  }
}

function lostLease(runId: string): OattyError {
  return new OattyError('RUN_STATE_CONFLICT', `Another process has taken run "${runId}" over.`, {
    suggestedAction: 'Watch its events, or wait until it has ended.',
    context: { run_id: runId, reason: 'lease lost' },
  });
}
