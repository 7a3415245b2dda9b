/** What was done under which idempotency key. */
import { first, sql } from '@oatty/types/sql';
import type { Work } from '@oatty/types/sql';
import { deleteOwn, fromOwn, insertOwn } from './own-rows.ts';

export interface KeyRow {
  readonly idempotency_key: string;
  /** Of what was asked for. */
  readonly fingerprint: string;
  /** JSON of what was answered. */
  readonly result: string;
}

export function* findKey(userId: string, key: string): Work<KeyRow | undefined> {
  return yield* first<KeyRow>(
    sql`SELECT idempotency_key, fingerprint, result ${fromOwn(userId, 'task_idempotency_keys')}
      AND idempotency_key = ${key}`,
  );
}

/** Forgets the user's keys that are too old. */
export function* insertKey(userId: string, row: KeyRow, now: string): Work<void> {
  const oldest = new Date(Date.parse(now) - maxAgeDays * 86_400_000).toISOString();
  yield deleteOwn(userId, 'task_idempotency_keys', sql`created_at < ${oldest}`);
  yield insertOwn(userId, 'task_idempotency_keys', { ...row, created_at: now });
}

// --- internal ---

const maxAgeDays = 30;
