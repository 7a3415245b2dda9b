import type { RunEvent } from '@oatty/types';
import type { RunRecord } from '../ports/run-record.ts';
import { childRunIdOf, nameCall } from '../run/call-identity.ts';

/** Ids that sub-workflow runs of a run have, where its calls were some: one for each call. */
export function listPossibleChildren(record: RunRecord, events: readonly RunEvent[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.type !== 'step_attempt') return [];
    const { step_id: stepId, item, poll = 1, attempt } = event;
    const position = { stepId, ...(item !== undefined && { item }), poll };
    const path = [...(record.parent?.path ?? []), nameCall(position)];
    return [
      childRunIdOf({ runId: record.run_id, rootRunId: record.root_run_id, path, ...position, attempt }),
    ];
  });
}
