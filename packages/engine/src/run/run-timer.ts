import { OattyError } from '@oatty/types';
import type { RunContext } from './run-context.ts';

/**
 * Stops the run when its `timeout` is over, counted from its start in whatever process that was.
 *
 * @returns a function that stops the timer
 */
export function startRunTimer({ ports, workflow, stop, startedAt, state }: RunContext): () => void {
  const { timeoutMs } = workflow;
  if (timeoutMs === undefined) return () => {};
  const timeOut = (): void =>
    stop.stop({ kind: 'timed_out', error: timedOut(state.record.workflow_id, timeoutMs) });
  const left = timeoutMs - (ports.clock.now().getTime() - Date.parse(startedAt));
  if (left <= 0) timeOut();
  const done = new AbortController();
  ports.clock.sleep(left, done.signal).then(timeOut, () => {}); // rejects when the run has ended before
  return () => done.abort('ended');
}

// --- internal ---

function timedOut(workflowId: string, timeoutMs: number): OattyError {
  return new OattyError('RUN_TIMEOUT', `The run of "${workflowId}" took longer than ${timeoutMs} ms.`, {
    context: { workflow_id: workflowId, timeout_ms: timeoutMs },
  });
}
