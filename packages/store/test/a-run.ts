import type { JournalEntry, RunRecord } from '@oatty/engine';

export const owner = 'owner-1';
export const noon = '2026-01-01T12:00:00.000Z';

export function aRun(parts: Partial<RunRecord> = {}): RunRecord {
  const run_id = parts.run_id ?? 'run-1';
  return {
    run_id,
    workflow_id: 'orders',
    status: 'running',
    root_run_id: run_id,
    workflow: { workflow: 'orders', steps: [{ id: 'list', run: 'shop orders:list' }] },
    inputs: {},
    caller: { principal: 'local', via: 'library' },
    created_at: noon,
    ...parts,
  };
}

export function aLease(seconds = 60): { readonly owner: string; readonly until: string } {
  return { owner, until: new Date(Date.parse(noon) + seconds * 1000).toISOString() };
}

/** What tells of a step that has ended with this output. */
export function anOutput(output: unknown, step_id = 'list'): JournalEntry {
  const result = { id: step_id, status: 'succeeded', output, attempts: 1 } as const;
  return {
    at: noon,
    commits: [{ step_id, result }],
    events: [{ type: 'step_finished', step_id, result }],
  };
}
