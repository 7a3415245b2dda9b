/** Tasks that were created or completed, page by page of the trail. */
import { sql } from '@oatty/types/sql';
import type { Sql, Work } from '@oatty/types/sql';
import { selectAudit } from '../rows/audit-rows.ts';
import type { KeptAuditEntry } from '../rows/audit-rows.ts';
import type { CountedUser } from '../rows/user-rows.ts';
import { toTaskDocument } from '../task-document.ts';
import type { ZonedNow } from '../time/zoned-now.ts';
import type { Seen } from './seen.ts';
import type { TaskEvent } from './task-events.ts';

export interface Reading {
  readonly user: CountedUser;
  readonly at: ZonedNow;
  readonly seen: Seen;
}

export interface ReadEvents {
  readonly events: readonly TaskEvent[];
  readonly seen: Seen;
  readonly hasMore: boolean;
  readonly next?: string;
}

export const pageSize = 100;

export function* readChanges({
  user,
  at,
  seen,
  event,
}: Reading & { readonly event: 'created' | 'completed' }): Work<ReadEvents> {
  const entries = yield* selectAudit(
    user.user_id,
    sql`AND ${isAfter(seen)} AND undoes IS NULL AND ${conditions[event]}
      ORDER BY change_number, position LIMIT ${pageSize}`,
  );
  const last = entries.at(-1);
  const isWhole = entries.length < pageSize || last === undefined;
  return {
    events: entries.flatMap((entry) => toEvent(entry, at)),
    seen: isWhole
      ? { ...seen, change: Math.max(user.change_count, last?.change_number ?? 0), position: null }
      : { ...seen, change: last.change_number, position: last.position },
    hasMore: !isWhole,
  };
}

/** Begins no condition of its own. */
export function isAfter({ change, position }: Pick<Seen, 'change' | 'position'>): Sql {
  return position === null
    ? sql`change_number > ${change}`
    : sql`(change_number > ${change} OR (change_number = ${change} AND position > ${position}))`;
}

// --- internal ---

const conditions: Readonly<Record<'created' | 'completed', Sql>> = {
  created: sql`action = 'create'`,
  completed: sql`new_status = 'completed' AND (old_status IS NULL OR old_status <> 'completed')`,
};

function toEvent(
  { change_number, position, changed_at, run_id, after }: KeptAuditEntry,
  at: ZonedNow,
): readonly TaskEvent[] {
  if (after === null) return [];
  return [
    { key: `${change_number}.${position}`, at: changed_at, runId: run_id, task: toTaskDocument(after, at) },
  ];
}
