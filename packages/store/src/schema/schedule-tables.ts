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

/** Whose a schedule is, and what one for events (`listens`) has seen of them. */
export function createScheduleOwners({ text }: Dialect): readonly string[] {
  return [
    `ALTER TABLE schedules ADD COLUMN principal ${text} NOT NULL DEFAULT 'local'`,
    'ALTER TABLE schedules ADD COLUMN listens INTEGER NOT NULL DEFAULT 0',
    `ALTER TABLE schedules ADD COLUMN seen ${text}`,
    'CREATE INDEX schedules_of_principal ON schedules (principal, schedule_id)',
    `CREATE INDEX schedules_listening ON schedules (schedule_id) WHERE listens = 1 AND status = 'active'`,
  ];
}
