/** A key that a run of the queue has already: that there is one is told to everybody, and which one to its principal. */
import { OattyError } from '@oatty/types';
import type { RunRecord } from '../ports/run-record.ts';
import type { RunStore } from '../ports/run-store.ts';

/**
 * @param thrown - by the store, when a run was to get the key
 * @returns the run that has it, when it is the principal's; else the error, without the id of somebody else's run
 */
export async function readDuplicate(
  store: Pick<RunStore, 'getRun'>,
  thrown: unknown,
  principal: string,
): Promise<RunRecord | OattyError> {
  const error = OattyError.from(thrown);
  const { reason, run_id, queue, dedup_key } = error.options.context ?? {};
  if (reason !== 'duplicate' || typeof run_id !== 'string') return error;
  const record = await store.getRun(run_id);
  if (record?.caller.principal === principal) return record;
  return new OattyError(
    'RUN_STATE_CONFLICT',
    `Queue "${String(queue)}" has a run with the key "${String(dedup_key)}" already.`,
    {
      suggestedAction: 'Start another one when it has ended.',
      context: { reason, queue, dedup_key },
    },
  );
}
