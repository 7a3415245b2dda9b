/** The trail of changes: who changed which task when, from what into what. Written with the change itself. */
import type { HandlerContext } from '@oatty/types';
import { all, first, sql } from '@oatty/types/sql';
import type { Sql, Work } from '@oatty/types/sql';
import type { Task } from '../task.ts';
import { fromOwn, insertOwn, updateOwn } from './own-rows.ts';

type AuditAction = 'create' | 'update' | 'delete';

export interface AuditEntry {
  readonly change_number: number;
  /** Within the change. */
  readonly position: number;
  readonly task_id: string;
  readonly action: AuditAction;
  readonly before: Task | null;
  readonly after: Task | null;
  /** Number of the change that this one takes back. */
  readonly undoes: number | null;
}

export interface KeptAuditEntry extends AuditEntry {
  readonly actor: string;
  readonly via: string;
  readonly run_id: string | null;
  readonly changed_at: string;
  readonly undone_by: number | null;
}

export function* insertAudit(
  userId: string,
  { before, after, ...entry }: AuditEntry,
  { context, now }: { readonly context: HandlerContext; readonly now: string },
): Work<void> {
  yield insertOwn(userId, 'task_audit_log', {
    ...entry,
    actor: context.caller.principal,
    via: context.caller.via,
    run_id: context.runId ?? null,
    changed_at: now,
    old_status: before?.status ?? null,
    new_status: after?.status ?? null,
    before_change: before === null ? null : JSON.stringify(before),
    after_change: after === null ? null : JSON.stringify(after),
  });
}

/** @param rest - conditions, order and limit */
export function* selectAudit(userId: string, rest: Sql): Work<readonly KeptAuditEntry[]> {
  const rows = yield* all<AuditRow>(
    sql`SELECT change_number, position, task_id, action, actor, via, run_id, changed_at, before_change, after_change,
      undoes, undone_by ${fromOwn(userId, 'task_audit_log')} ${rest}`,
  );
  return rows.map(({ before_change, after_change, ...entry }) => ({
    ...entry,
    before: parseTask(before_change),
    after: parseTask(after_change),
  }));
}

/** The run that changed a task last; `null` when it was none. */
export function* findLastRun(userId: string, taskId: string): Work<string | null> {
  const found = yield* first<{ readonly run_id: string | null }>(
    sql`SELECT run_id ${fromOwn(userId, 'task_audit_log')} AND task_id = ${taskId}
      ORDER BY change_number DESC, position DESC LIMIT 1`,
  );
  return found?.run_id ?? null;
}

/** The last change that was not taken back, and is not itself an undoing. */
export function* findChangeToUndo(userId: string): Work<number | undefined> {
  const found = yield* first<{ readonly change_number: number | null }>(
    sql`SELECT MAX(change_number) AS change_number ${fromOwn(userId, 'task_audit_log')}
      AND undoes IS NULL AND undone_by IS NULL`,
  );
  return found?.change_number ?? undefined;
}

export function* markUndone(userId: string, changeNumber: number, undoneBy: number): Work<void> {
  yield updateOwn(userId, 'task_audit_log', { undone_by: undoneBy }, sql`change_number = ${changeNumber}`);
}

// --- internal ---

interface AuditRow extends Omit<KeptAuditEntry, 'before' | 'after'> {
  readonly before_change: string | null;
  readonly after_change: string | null;
}

/** Written by `insertAudit`. */
function parseTask(text: string | null): Task | null {
  return text === null ? null : (JSON.parse(text) as Task);
}
