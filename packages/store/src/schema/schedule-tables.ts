import type { Dialect } from './tables.ts';

/** `next_at` is empty while nothing is due by itself; `claimed_until` keeps others from the same time. */
export function createScheduleTables({ text, updated }: Dialect): readonly string[] {
  return [
    `CREATE TABLE schedules (
      schedule_id ${text} NOT NULL PRIMARY KEY,
      status ${text} NOT NULL,
      next_at ${text},
      claimed_until ${text},
      definition ${text} NOT NULL,
      last_firing ${text}
    ) ${updated}`,
    'CREATE INDEX schedules_due ON schedules (next_at) WHERE next_at IS NOT NULL',
  ];
}
