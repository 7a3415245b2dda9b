import { isTerminal, OattyError } from '@oatty/types';
import type { RunDocument } from '@oatty/types';
import { untilClosed } from '../until-closed.ts';
import type { World } from '../world.ts';

/**
 * Waits until the run has ended, whoever executes it.
 *
 * @throws {OattyError} `CANCELED` when `signal` aborts: nobody waits any more, and the run goes on;
 *   `RUN_STATE_CONFLICT` when oatty is closed before the run has ended
 */
export async function waitForRun(world: World, runId: string, signal?: AbortSignal): Promise<RunDocument> {
  const runner = await world.runner();
  const events = runner.watch(runId, { signal: untilClosed(world, signal) });
  for await (const event of events) if (event.type === 'run_finished') break;
  const run = await runner.read(runId);
  if (isTerminal(run.status)) return run;
  if (signal?.aborted === true) {
    throw new OattyError('CANCELED', `Nobody waits for run "${runId}" any more.`, {
      context: { run_id: runId },
    });
  }
  throw new OattyError('RUN_STATE_CONFLICT', `oatty was closed before run "${runId}" had ended.`, {
    suggestedAction: 'Close oatty when its runs have ended, or cancel them first.',
    context: { run_id: runId, status: run.status },
  });
}
