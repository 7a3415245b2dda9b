/** A task as callers see it. */
import type * as z from 'zod';
import type { taskSchema } from './schemas/task-schemas.ts';
import { isWholeDay } from './task.ts';
import type { Task } from './task.ts';
import type { ZonedNow } from './time/zoned-now.ts';

export type TaskDocument = z.infer<typeof taskSchema>;

export function toTaskDocument(task: Task, at: ZonedNow): TaskDocument {
  const { series: _series, ...shown } = task;
  return { ...shown, overdue: isOverdue(task, at) };
}

/** A whole day is over when the next one begins. `list/conditions.ts` asks the same of the database. */
function isOverdue({ status, due }: Task, { now, today }: ZonedNow): boolean {
  if (status === 'completed' || due === null) return false;
  return isWholeDay(due) ? due < today : due < now;
}
