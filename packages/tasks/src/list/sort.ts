/**
 * The orders in which tasks can be listed.
 *
 *   S1. Each order is by one value that is always there, then by id: so a page can go on behind any task.
 *   S2. What has no due time, was not started, or not completed, comes last in either direction.
 *   S3. Of one day in UTC, whole days come after times.
 */
import { sql } from '@oatty/types/sql';
import type { Sql } from '@oatty/types/sql';

export const sortFields = [
  'created_at',
  'updated_at',
  'started_at',
  'completed_at',
  'due',
  'priority',
  'status',
  'title',
] as const;
type SortField = (typeof sortFields)[number];

export interface Sort {
  readonly field: SortField;
  readonly order: 'asc' | 'desc';
}

/** What the database sorts by. */
export function sortKey({ field, order }: Sort): Sql {
  const last = order === 'asc' ? '~' : ''; // S2
  switch (field) {
    case 'due':
      return sql`COALESCE(due_at, due_day || 'T~', ${last})`;
    case 'started_at':
      return sql`COALESCE(started_at, ${last})`;
    case 'completed_at':
      return sql`COALESCE(completed_at, ${last})`;
    case 'priority':
      return sql`CASE priority WHEN 'low' THEN '1' WHEN 'medium' THEN '2' ELSE '3' END`;
    case 'status':
      return sql`CASE status WHEN 'pending' THEN '1' WHEN 'in_progress' THEN '2' ELSE '3' END`;
    case 'title':
      return sql`title_folded`;
    case 'created_at':
      return sql`created_at`;
    case 'updated_at':
      return sql`updated_at`;
  }
}
