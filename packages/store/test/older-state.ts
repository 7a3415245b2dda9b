/** What an oatty before the keys of numbers left: two runs with a step each, whose event refers to its commit or repeats it. */
import type { StepCommit } from '@oatty/engine';
import type { RunEvent } from '@oatty/types';
import { migrations } from '../src/schema/migrations.ts';
import type { Dialect } from '../src/schema/tables.ts';
import { noon } from './a-run.ts';

export const olderVersion = 5;

export function olderState(dialect: Dialect): readonly string[] {
  const made = migrations.slice(0, olderVersion).flatMap((migration) => migration(dialect));
  return [...made, ...['old-1', 'old-2'].flatMap(toRows)];
}

/** What is read of one of its runs. */
export function olderCommits(runId: string): readonly StepCommit[] {
  return [
    { step_id: 'list', result: { id: 'list', status: 'succeeded', attempts: 1, output: [runId] } },
    { step_id: 'each', item: 0, result: { id: 'each', status: 'succeeded', attempts: 1 } },
  ];
}

export function olderEvents(runId: string): readonly Partial<RunEvent>[] {
  const result = { id: 'list', status: 'succeeded', attempts: 1, output: [runId] } as const;
  const told = { run_id: runId, at: noon, type: 'step_finished', step_id: 'list', result } as const;
  return [
    { ...told, seq: 1 },
    { ...told, seq: 2 },
  ];
}

// --- internal ---

function toRows(runId: string): readonly string[] {
  const result = JSON.stringify({ id: 'list', status: 'succeeded', attempts: 1 });
  const item = JSON.stringify({ id: 'each', status: 'succeeded', attempts: 1 });
  const body = `{"type":"step_finished","step_id":"list","result":${result}}`;
  return [
    `INSERT INTO runs (run_id, workflow_id, status, principal, has_ttl, created_at, event_count, commit_count)
      VALUES ('${runId}', 'orders', 'succeeded', 'local', 0, '${noon}', 2, 2)`,
    `INSERT INTO commits (run_id, step_id, item, position, result, output) VALUES
      ('${runId}', 'each', 0, 2, '${item}', NULL), ('${runId}', 'list', -1, 1, '${result}', '["${runId}"]')`,
    `INSERT INTO events (run_id, seq, at, body, output, step_id) VALUES
      ('${runId}', 1, '${noon}', '${body}', '["${runId}"]', NULL),
      ('${runId}', 2, '${noon}', '{"type":"step_committed"}', NULL, 'list')`,
  ];
}
