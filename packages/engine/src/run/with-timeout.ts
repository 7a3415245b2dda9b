/** Bounds some work in time. */
import type { OattyError } from '@oatty/types';
import type { Clock } from '../ports/clock.ts';

export interface Timeout {
  readonly ms: number;
  /** The reason of the signal when time is up. */
  readonly error: () => OattyError;
}

/** The signal that `work` gets aborts with `parent`, or when time is up; `work` has to end then. Without time it does not begin. */
export function withTimeout<Value>(
  clock: Clock,
  parent: AbortSignal,
  timeout: Timeout | undefined,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  return timeout === undefined ? work(parent) : workInTime(clock, parent, timeout, work);
}

// --- internal ---

async function workInTime<Value>(
  clock: Clock,
  parent: AbortSignal,
  timeout: Timeout,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  if (timeout.ms <= 0) throw timeout.error();
  const alarm = new AbortController();
  const done = new AbortController();
  clock.sleep(timeout.ms, done.signal).then(
    () => alarm.abort(timeout.error()),
    () => {}, // done before time was up
  );
  try {
    return await work(AbortSignal.any([parent, alarm.signal]));
  } finally {
    done.abort('done'); // with a reason: making an error of its own takes longer
  }
}
