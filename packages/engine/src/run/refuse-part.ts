import { isTerminal, OattyError } from '@oatty/types';
import type { RunRecord } from '../ports/run-record.ts';
import type { RunStore } from '../ports/run-store.ts';

/**
 * A sub-workflow is answered and canceled through the run that people started: that one waits for it, and nothing would
 * wake it when its part went on by itself.
 *
 * @param action - what is to be done with that run instead
 * @throws {OattyError} `RUN_STATE_CONFLICT` for a sub-workflow of a run that has not ended
 */
export async function refusePart(
  record: RunRecord,
  action: 'Answer' | 'Cancel',
  store: RunStore,
): Promise<void> {
  const whole = await findWhole(record, store);
  if (whole.run_id === record.run_id || isTerminal(whole.status)) return;
  throw new OattyError(
    'RUN_STATE_CONFLICT',
    `Run "${record.run_id}" is a sub-workflow of run "${whole.run_id}".`,
    {
      suggestedAction: `${action} run "${whole.run_id}" instead.`,
      context: { run_id: record.run_id, status: record.status, part_of: whole.run_id },
    },
  );
}

// --- internal ---

async function findWhole(record: RunRecord, store: RunStore): Promise<RunRecord> {
  const parent = record.parent && (await store.getRun(record.parent.runId));
  return parent === undefined ? record : findWhole(parent, store);
}
