/** Cancels sub-workflows that were left behind: by an owner that disappeared, or while they waited for an answer. */
import { isTerminal } from '@oatty/types';
import type { CallMark } from '../ports/journal-entry.ts';
import type { RunRecord } from '../ports/run-record.ts';
import { childRunIdOf, nameCall } from './call-identity.ts';
import type { OpenSteps } from './conclude-run.ts';
import type { Execution } from './execution.ts';

export async function stopChildren(
  execution: Execution,
  { record, begun, results }: OpenSteps,
): Promise<void> {
  if (begun.size === 0) return;
  const { commands, store } = execution.ports;
  const commandOf = new Map(record.workflow.steps.map((step) => [step.id, step.run]));
  for (const mark of await store.readMarks(record.run_id)) {
    const found = commands.find(commandOf.get(mark.step_id) ?? '');
    if (results.has(mark.step_id) || found?.command.execution.kind !== 'workflow') continue;
    const childId = childRunIdOf(toCall(record, mark));
    const child = await store.getRun(childId);
    if (child !== undefined && !isTerminal(child.status)) await execution.cancelRun(childId);
  }
}

// --- internal ---

function toCall(record: RunRecord, { step_id, item, poll, attempt }: CallMark) {
  const position = { stepId: step_id, ...(item !== undefined && { item }), poll };
  return {
    runId: record.run_id,
    rootRunId: record.root_run_id,
    path: [...(record.parent?.path ?? []), nameCall(position)],
    ...position,
    attempt,
  };
}
