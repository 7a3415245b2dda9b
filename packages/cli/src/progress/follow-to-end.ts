/**
 * Follows a run that this process carries, to its end.
 *
 * A journal that cannot be written stops the run where it is, and nobody here goes on with it: then there is no end to wait
 * for. A run that another process has taken over is followed on.
 */
import { OattyError } from '@oatty/types';
import type { RunDocument, RunEvent } from '@oatty/types';
import type { RunHandle } from '@oatty/runtime';
import type { CliContext } from '../cli-command.ts';
import { followRun } from './follow-run.ts';

/** @throws {OattyError} `STORAGE_FAILED` or `STATE_LOCKED` when the run is left where it is */
export async function followToEnd(
  context: CliContext,
  handle: RunHandle,
  show: typeof followRun = followRun,
): Promise<RunDocument> {
  const left = leaving(context);
  left.catch(() => {}); // perhaps nobody listens any more
  try {
    await show(context, untilLeft(handle.events(), left));
    return await handle.wait();
  } catch (thrown) {
    const error = OattyError.from(thrown);
    throw isOfJournal(error) ? toLeft(error, handle.run_id) : thrown;
  }
}

// --- internal ---

/** Rejects when the run is left. */
function leaving(context: CliContext): Promise<never> {
  return new Promise((_, reject) => {
    context.onTrouble((error) => {
      if (isOfJournal(error)) reject(error);
    });
  });
}

function isOfJournal({ code }: OattyError): boolean {
  return code === 'STORAGE_FAILED' || code === 'STATE_LOCKED';
}

async function* untilLeft(
  events: AsyncIterable<RunEvent>,
  left: Promise<never>,
): AsyncGenerator<RunEvent, void, undefined> {
  const iterator = events[Symbol.asyncIterator]();
  for (;;) {
    const next = await Promise.race([iterator.next(), left]);
    if (next.done === true) return;
    yield next.value;
  }
}

function toLeft({ code, message, suggestedAction, options }: OattyError, runId: string): OattyError {
  const advice = `Run ${runId} is left where it is; carry it on with: oatty worker`;
  return new OattyError(code, message, {
    ...options,
    suggestedAction: `${suggestedAction} ${advice}`,
    context: { ...options.context, run_id: runId },
  });
}
