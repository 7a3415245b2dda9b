import type { RecordedRun } from '@oatty/engine';
import { OattyError } from '@oatty/types';
import type { RunEvent } from '@oatty/types';
import type { World } from '../world.ts';

/** All that the journal has of a run. @throws {OattyError} `RUN_NOT_FOUND`, also for a run of another principal */
export async function readRecordedRun(world: World, runId: string, principal?: string): Promise<RecordedRun> {
  const store = await world.store();
  const record = await store.getRun(runId);
  if (record === undefined || (principal !== undefined && record.caller.principal !== principal)) {
    throw new OattyError('RUN_NOT_FOUND', `There is no run "${runId}".`, { context: { run_id: runId } });
  }
  const [commits, questions, events] = await Promise.all([
    store.readCommits(runId),
    store.readQuestions(runId),
    readAllEvents(runId, store),
  ]);
  return { record, commits, questions, events };
}

// --- internal ---

const pageSize = 1_000;

async function readAllEvents(runId: string, store: Awaited<ReturnType<World['store']>>) {
  const events: RunEvent[] = [];
  for (;;) {
    const page = await store.readEvents(runId, events.length, pageSize);
    events.push(...page);
    if (page.length < pageSize) return events;
  }
}
