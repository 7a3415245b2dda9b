/** A start whose key a run of the queue has already. */
import type { RunRecord } from '@oatty/engine';
import { OattyError } from '@oatty/types';
import type { World } from '../world.ts';

/**
 * The run that is there, for the one who wanted to start another.
 *
 * @throws {OattyError} what was thrown when it is about something else; without the id of a run that is somebody else's
 */
export async function joinDuplicate(world: World, thrown: unknown, principal: string): Promise<RunRecord> {
  const error = OattyError.from(thrown);
  const { reason, run_id, queue, dedup_key } = error.options.context ?? {};
  if (reason !== 'duplicate' || typeof run_id !== 'string') throw error;
  const record = await (await world.store()).getRun(run_id);
  if (record?.caller.principal === principal) return record;
  throw new OattyError(
    'RUN_STATE_CONFLICT',
    `Queue "${String(queue)}" has a run with the key "${String(dedup_key)}" already.`,
    {
      suggestedAction: 'Start another one when it has ended.',
      context: { reason, queue, dedup_key },
    },
  );
}
