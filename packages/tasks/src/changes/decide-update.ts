/** What an update makes of a task, and of the series that it belongs to (the rules are in `recurrence/series.ts`). Pure. */
import { beginSeries, nextDue } from '../recurrence/series.ts';
import { applyChange } from '../task.ts';
import type { NewTask, Task, TaskChange } from '../task.ts';
import type { ZonedNow } from '../time/zoned-now.ts';

export interface Decision {
  /** The same task when nothing changes. */
  readonly after: Task;
  /** The next one, where the update completes a recurring task. */
  readonly next?: Omit<NewTask, 'task_id'>;
}

/** @throws {OattyError} `ARGUMENT_INVALID` for a recurrence that cannot be */
export function decideUpdate(before: Task, change: TaskChange, at: ZonedNow): Decision {
  const changed = applyChange(before, change, at.now);
  const isCompleted = changed.status === 'completed' && before.status !== 'completed';
  const status = isCompleted ? before.status : changed.status;
  const isNewSeries = changed.due !== before.due || changed.recurrence !== before.recurrence;
  const task = isNewSeries ? { ...changed, series: beginSeries({ ...changed, status }, at) } : changed;
  if (!isCompleted || task.recurrence === null) return { after: task };

  const after = { ...task, recurrence: null, series: null };
  const due = nextDue(task, at);
  if (due === undefined) return { after };
  const { title, description, priority, recurrence, series } = task;
  return { after, next: { title, description, priority, due, recurrence, series, status: 'pending' } };
}
