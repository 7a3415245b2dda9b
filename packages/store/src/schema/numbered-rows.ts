import type { Dialect } from './tables.ts';

/** The rows that a run only adds have keys of numbers (`runs/row-keys.ts`); an event that tells of a step names its commit. */
export function numberRows({ text, bigint, runCounter }: Dialect): readonly string[] {
  return [
    `ALTER TABLE runs ADD COLUMN run_no ${bigint}`,
    `UPDATE runs SET run_no = numbered.run_no
      FROM (SELECT run_id, ROW_NUMBER() OVER (ORDER BY created_at, run_id) AS run_no FROM runs) AS numbered
      WHERE numbered.run_id = runs.run_id`,
    'CREATE UNIQUE INDEX runs_by_no ON runs (run_no)',
    ...runCounter,

    'ALTER TABLE commits RENAME TO old_commits',
    `CREATE TABLE commits (
      commit_key ${bigint} NOT NULL PRIMARY KEY,
      step_id ${text} NOT NULL,
      item INTEGER NOT NULL,
      result ${text} NOT NULL,
      output ${text},
      request ${text}
    )`,
    `INSERT INTO commits (commit_key, step_id, item, result, output, request)
      SELECT (run_no << 32) | position, step_id, item, result, output, request
      FROM old_commits JOIN runs USING (run_id) ORDER BY 1`,

    'ALTER TABLE events RENAME TO old_events',
    `CREATE TABLE events (
      event_key ${bigint} NOT NULL PRIMARY KEY,
      at ${text} NOT NULL,
      body ${text} NOT NULL,
      output ${text},
      commit_key ${bigint}
    )`,
    `INSERT INTO events (event_key, at, body, output, commit_key)
      SELECT (run_no << 32) | seq, at, body, old_events.output, (run_no << 32) | position
      FROM old_events JOIN runs USING (run_id) LEFT JOIN old_commits
        ON old_commits.run_id = old_events.run_id AND old_commits.step_id = old_events.step_id AND item = -1
      ORDER BY 1`,

    'DROP TABLE old_events',
    'DROP TABLE old_commits',
  ];
}
