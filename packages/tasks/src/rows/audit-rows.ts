/** The trail of changes: who changed which task when, from what into what. Written with the change itself. */
import type { HandlerContext } from '@oatty/types';
import type { Work } from '@oatty/types/sql';
import type { Task } from '../task.ts';
import { insertOwn } from './own-rows.ts';

type AuditAction = 'create' | 'update' | 'delete';

export interface AuditEntry {
  readonly change_number: number;
  /** Within the change. */
  readonly position: number;
  readonly action: AuditAction;
  readonly task_id: string;
  readonly before: Task | null;
  readonly after: Task | null;
}

export function* insertAudit(
  userId: string,
  { change_number, position, action, task_id, before, after }: AuditEntry,
  { context, now }: { readonly context: HandlerContext; readonly now: string },
): Work<void> {
  yield insertOwn(userId, 'task_audit_log', {
    change_number,
    position,
    task_id,
    action,
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
