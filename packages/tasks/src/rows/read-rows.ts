/** Which admins have read what is a user's, and when. */
import { all, sql } from '@oatty/types/sql';
import type { Row, Sql, Work } from '@oatty/types/sql';
import { createId } from './create-id.ts';
import { fromOwn, insertOwn } from './own-rows.ts';

export interface NewRead {
  /** The principal. */
  readonly reader: string;
  readonly command: string;
  readonly task_id: string | null;
  readonly via: string;
  readonly run_id: string | null;
  readonly readAt: Date;
}

export interface KeptRead extends Omit<NewRead, 'readAt'>, Row {
  /** Go up with time. */
  readonly read_id: string;
  readonly read_at: string;
}

/** @param userId - whose it is that is read */
export function* insertRead(userId: string, { readAt, ...read }: NewRead): Work<void> {
  const row = { ...read, read_id: createId(readAt), read_at: readAt.toISOString() };
  yield insertOwn(userId, 'task_reads', row);
}

/** @param rest - conditions, order and limit */
export function* selectReads(userId: string, rest: Sql): Work<readonly KeptRead[]> {
  return yield* all<KeptRead>(
    sql`SELECT read_id, reader, command, task_id, via, run_id, read_at ${fromOwn(userId, 'task_reads')} ${rest}`,
  );
}
