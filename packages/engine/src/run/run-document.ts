/** What the journal says of a run → the document that the command line, the library and MCP show. Pure. */
import { elapsedMs, isTerminal } from '@oatty/types';
import type { RunDocument, StepResult, StepStatus } from '@oatty/types';
import type { CallMark, StepCommit } from '../ports/journal-entry.ts';
import type { RunRecord } from '../ports/run-record.ts';
import { listBegunSteps } from './begun-steps.ts';

/** Works at every moment of a run; steps are in declaration order. */
export function toRunDocument(
  record: RunRecord,
  commits: readonly StepCommit[],
  marks: readonly CallMark[] = [],
): RunDocument {
  const { run_id, workflow_id, status, inputs, error, created_at, started_at, finished_at } = record;
  const { resumed_from, due_at, queue, claimed_at } = record;
  return {
    run_id,
    workflow_id,
    status,
    inputs,
    steps: listSteps(record, commits, marks),
    final_output: record.final_output ?? null,
    ...(error && { error }),
    ...(resumed_from !== undefined && { resumed_from }),
    ...(queue && { queue: queue.name }),
    ...(claimed_at !== undefined && { claimed_at }),
    created_at,
    ...(started_at !== undefined && { started_at }),
    ...(finished_at !== undefined && { finished_at }),
    ...(started_at !== undefined &&
      finished_at !== undefined && { duration_ms: elapsedMs(started_at, finished_at) }),
    ...(due_at !== undefined && { due_at }),
  };
}

// --- internal ---

function listSteps(
  { workflow, status }: RunRecord,
  commits: readonly StepCommit[],
  marks: readonly CallMark[],
): readonly StepResult[] {
  const results = new Map(
    commits.filter(({ item }) => item === undefined).map(({ step_id, result }) => [step_id, result]),
  );
  const begun = listBegunSteps(commits, marks);
  const openStatus: StepStatus = status === 'waiting' ? 'waiting' : 'running';
  return workflow.steps.map(({ id }) => {
    const result = results.get(id);
    if (result !== undefined) return result;
    const work = begun.get(id);
    if (work === undefined || isTerminal(status)) return { id, status: 'pending', attempts: 0 };
    return { id, status: openStatus, attempts: work.calls, started_at: work.since };
  });
}
