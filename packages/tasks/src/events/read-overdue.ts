/**
 * Tasks that have become overdue.
 *
 *   O1. By time: the due time came after what was seen.
 *   O2. By a change: a task was created, reopened or given a due time that is past already.
 *   O3. A due time is named in the key of the event, so that both ways lead to one event.
 *   O4. The run that changed the task last is named: it may be what makes it overdue again and again.
 */
import { sql } from '@oatty/types/sql';
import type { Work } from '@oatty/types/sql';
import { findLastRun, selectAudit } from '../rows/audit-rows.ts';
import { findTask, readNextDue, selectTasks } from '../rows/task-rows.ts';
import { toTaskDocument } from '../task-document.ts';
import { isWholeDay } from '../task.ts';
import type { Task } from '../task.ts';
import { nextDay, startOfDay } from '../time/zoned-now.ts';
import type { ZonedNow } from '../time/zoned-now.ts';
import { isAfter, pageSize } from './read-changes.ts';
import type { Reading, ReadEvents } from './read-changes.ts';
import type { Seen } from './seen.ts';
import type { TaskEvent } from './task-events.ts';

export function* readOverdue({ user, at, seen }: Reading): Work<ReadEvents> {
  const { user_id, change_count } = user;
  const byTime = yield* selectTasks(
    user_id,
    sql`AND status <> 'completed' AND ((due_at >= ${seen.until} AND due_at < ${at.now})
      OR (due_day >= ${seen.day} AND due_day < ${at.today})) ORDER BY task_id`,
  );
  const byChange = yield* readChanged(user_id, at, seen);
  const events: TaskEvent[] = [];
  for (const { task, since } of [...byTime.map((task) => ({ task, since: '' })), ...byChange]) {
    const runId = yield* findLastRun(user_id, task.task_id);
    events.push(toEvent(task, at, { since, runId }));
  }
  const next = yield* readNext(user_id, at);
  return {
    events: events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    seen: {
      change: change_count,
      position: null,
      // The clock of another machine may be behind.
      ...(at.now < seen.until ? { until: seen.until, day: seen.day } : { until: at.now, day: at.today }),
    },
    hasMore: false,
    ...(next !== undefined && { next }),
  };
}

// --- internal ---

interface Changed {
  readonly task: Task;
  /** When the change was made. */
  readonly since: string;
}

/** O2 */
function* readChanged(userId: string, at: ZonedNow, seen: Seen): Work<readonly Changed[]> {
  const found: Changed[] = [];
  for (const [taskId, since] of yield* readGivenDue(userId, seen)) {
    const task = yield* findTask(userId, taskId);
    if (task !== undefined && toTaskDocument(task, at).overdue && wasPast(task, seen))
      found.push({ task, since });
  }
  return found;
}

/** Tasks that may have become overdue by a change, with the time of the first such change. */
function* readGivenDue(userId: string, seen: Seen): Work<ReadonlyMap<string, string>> {
  const changed = new Map<string, string>();
  for (let from: Pick<Seen, 'change' | 'position'> = seen; ;) {
    const entries = yield* selectAudit(
      userId,
      sql`AND ${isAfter(from)} AND undoes IS NULL AND new_status <> 'completed'
        ORDER BY change_number, position LIMIT ${pageSize}`,
    );
    for (const { task_id, before, after, changed_at } of entries) {
      const isGiven = before === null || before.due !== after?.due || before.status === 'completed';
      if (isGiven && !changed.has(task_id)) changed.set(task_id, changed_at);
    }
    const last = entries.at(-1);
    if (last === undefined || entries.length < pageSize) return changed;
    from = { change: last.change_number, position: last.position };
  }
}

/** Else it is found by its time. */
function wasPast({ due }: Task, { until, day }: Seen): boolean {
  return due !== null && (isWholeDay(due) ? due < day : due < until);
}

function toEvent(
  task: Task,
  at: ZonedNow,
  { since, runId }: { readonly since: string; readonly runId: string | null },
): TaskEvent {
  const due = task.due ?? '';
  const moment = toMoment(due, at);
  return {
    key: `${task.task_id} ${due}`, // O3
    at: since > moment ? since : moment,
    runId, // O4
    task: toTaskDocument(task, at),
  };
}

/** When the next one of those that are not overdue yet is. */
function* readNext(userId: string, at: ZonedNow): Work<string | undefined> {
  const { due_at, due_day } = yield* readNextDue(userId, at);
  const moments = [
    ...(due_at === null ? [] : [new Date(Date.parse(due_at) + 1).toISOString()]),
    ...(due_day === null ? [] : [toMoment(due_day, at)]),
  ].sort();
  return moments[0];
}

/** A whole day is over when the next one begins. */
function toMoment(due: string, { zone }: ZonedNow): string {
  return isWholeDay(due) ? startOfDay(zone, nextDay(due)) : due;
}
