/**
 * What queues add to the journal.
 *
 *   Q1. A run in line is held by the line: a lease of nobody's that does not run out keeps it from all that look for
 *       runs to carry on (`free_from`), and is what indexes know the line by.
 *   Q2. The row of a queue is what enterings and claims take turns at. The row `*` says that workers serve all queues.
 */
import type { Dialect } from './tables.ts';

/** Q1 */
export const lineOwner = '(queue)';
export const endOfTime = '9999-12-31T23:59:59.999Z';

/** Q2 */
export const allQueues = '*';

export function createQueueTables({ text, updated }: Dialect): readonly string[] {
  const columns = [
    `queue ${text}`,
    'queue_priority INTEGER',
    'queue_arrival INTEGER',
    `queue_key ${text}`,
    `queue_limits ${text}`,
    `claimed_at ${text}`,
  ];
  return [
    ...columns.map((column) => `ALTER TABLE runs ADD COLUMN ${column}`),
    `CREATE INDEX runs_in_line ON runs (queue, queue_priority DESC, queue_arrival) WHERE lease_owner = '(queue)'`,
    `CREATE INDEX runs_begun ON runs (queue)
      WHERE claimed_at IS NOT NULL AND status IN ('pending', 'running', 'waiting')`,
    'CREATE INDEX runs_claimed ON runs (queue, claimed_at) WHERE claimed_at IS NOT NULL',
    `CREATE UNIQUE INDEX runs_by_key ON runs (queue, queue_key)
      WHERE queue_key IS NOT NULL AND status IN ('pending', 'running', 'waiting')`,
    'CREATE INDEX runs_queue_listed ON runs (queue, created_at, run_id) WHERE queue IS NOT NULL AND parent_run_id IS NULL',
    `CREATE TABLE queues (
      name ${text} NOT NULL PRIMARY KEY,
      arrivals INTEGER NOT NULL DEFAULT 0,
      turn_at ${text} NOT NULL DEFAULT '',
      served_until ${text} NOT NULL DEFAULT ''
    ) ${updated}`,
  ];
}
