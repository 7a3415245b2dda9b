import { executeRun } from './execute-run.ts';
import type { Execution } from './execution.ts';
import { keepLease, takeLease } from './keep-lease.ts';

/**
 * Executes a run under its lease.
 *
 * @throws {OattyError} `RUN_STATE_CONFLICT` when another process has the run or takes it over; what the store throws
 */
export async function holdAndExecute(execution: Execution): Promise<void> {
  const { runId, owner, ports, stop } = execution;
  const { store, clock } = ports;
  if (!(await takeLease(runId, owner, store, clock))) return;
  const done = new AbortController();
  const heartbeat = keepLease(runId, owner, { store, clock, stop }, done.signal);
  try {
    await executeRun(execution);
  } finally {
    done.abort('done');
    await heartbeat;
    // A store that cannot be reached lets the lease run out by itself.
    await store.releaseLease(runId, owner).catch(() => {});
  }
}
