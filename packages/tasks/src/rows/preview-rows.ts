/** Changes by filter that were shown and wait for their second step. */
import { first, sql } from '@oatty/types/sql';
import type { Work } from '@oatty/types/sql';
import { deleteOwn, fromOwn, insertOwn } from './own-rows.ts';

export interface PreviewRow {
  readonly token: string;
  /** JSON, as the caller gave them. */
  readonly filter: string;
  readonly change: string;
  readonly time_zone: string;
  /** Digest of the tasks that matched, as they were. */
  readonly matching: string;
  readonly previewed_at: string;
}

/** Forgets the user's previews that are too old. */
export function* insertPreview(userId: string, row: PreviewRow, oldest: string): Work<void> {
  yield deleteOwn(userId, 'task_previews', sql`previewed_at < ${oldest}`);
  yield insertOwn(userId, 'task_previews', { ...row });
}

/** It can be taken once. */
export function* takePreview(userId: string, token: string, oldest: string): Work<PreviewRow | undefined> {
  const found = yield* first<PreviewRow>(
    sql`SELECT token, filter, change, time_zone, matching, previewed_at ${fromOwn(userId, 'task_previews')}
      AND token = ${token} AND previewed_at >= ${oldest}`,
  );
  if (found !== undefined) yield deleteOwn(userId, 'task_previews', sql`token = ${token}`);
  return found;
}
