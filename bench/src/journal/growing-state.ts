/** A state file with ever more runs, and how long its questions take. */
import { DatabaseSync } from 'node:sqlite';
import { median, timeOf } from '../compare.ts';
import type { RunStore } from './checkpoints.ts';

/** Runs that ended long ago, written past the journal: that is all that they are for. */
export function growTo(stateFile: string, count: number): void {
  const database = new DatabaseSync(stateFile);
  database.exec(`BEGIN;
    WITH RECURSIVE series (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < ${count})
    INSERT INTO runs (run_id, run_no, workflow_id, status, principal, has_ttl, created_at, started_at, finished_at)
      SELECT 'old-' || n, 1000000 + n, 'workflow-' || (n % 50),
        CASE n % 10 WHEN 0 THEN 'failed' ELSE 'succeeded' END, 'local', 0,
        strftime('%Y-%m-%dT%H:%M:%fZ', 1700000000 + n, 'unixepoch'), '2024-01-01T00:00:00.000Z',
        '2024-01-01T00:00:01.000Z' FROM series WHERE true
      ON CONFLICT DO NOTHING;
    COMMIT; PRAGMA wal_checkpoint(TRUNCATE)`);
  database.close();
}

/** @returns milliseconds at the median, by question */
export async function timeQuestions(store: RunStore): Promise<Readonly<Record<string, number>>> {
  const { items } = await store.listRuns({ limit: 1 });
  const runId = items[0]?.run_id ?? '';
  const questions = {
    'listing runs': () => store.listRuns({ limit: 50 }),
    'listing failed runs': () => store.listRuns({ limit: 50, status: 'failed' }),
    'reading a run': () => store.getRun(runId),
    'looking for runs to take over': () => store.listAbandonedRuns(new Date().toISOString(), 10),
  };
  const timed: Record<string, number> = {};
  for (const [name, ask] of Object.entries(questions)) {
    const times: number[] = [];
    for (let round = 0; round < 100; round += 1) times.push(await timeOf(async () => void (await ask())));
    timed[name] = median(times);
  }
  return timed;
}
