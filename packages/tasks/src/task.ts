/**
 * What a task is, and what a change makes of it. Pure.
 *
 *   K1. `started_at` is when the work began: it is kept by a completion, and forgotten when the task is pending again.
 *   K2. `completed_at` is there exactly while the task is completed.
 */
export const taskStatuses = ['pending', 'in_progress', 'completed'] as const;
type TaskStatus = (typeof taskStatuses)[number];

/** From unimportant to important. */
export const taskPriorities = ['low', 'medium', 'high'] as const;
export type TaskPriority = (typeof taskPriorities)[number];

export interface Task {
  readonly task_id: string;
  readonly title: string;
  readonly description: string | null;
  readonly status: TaskStatus;
  readonly priority: TaskPriority;
  /** An instant in UTC (`2026-03-29T08:00:00.000Z`), or a whole day (`2026-03-29`) wherever the user is. */
  readonly due: string | null;
  /** RRULE of RFC 5545. A task that recurs is due. */
  readonly recurrence: string | null;
  readonly series: Series | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly started_at: string | null;
  readonly completed_at: string | null;
}

/** Where the days of a recurrence are counted from. */
export interface Series {
  readonly start: string;
  /** By the clocks of `zone`, `09:00:00.000`; absent for whole days. */
  readonly time?: string;
  readonly zone?: string;
}

/** What is absent stays as it is. */
export type TaskChange = Partial<
  Pick<Task, 'title' | 'description' | 'status' | 'priority' | 'due' | 'recurrence'>
>;

export type NewTask = Required<TaskChange> & Pick<Task, 'task_id' | 'series'>;

export function createTask({ status, ...fields }: NewTask, now: string): Task {
  const pending: Task = {
    ...fields,
    status: 'pending',
    created_at: now,
    updated_at: now,
    started_at: null,
    completed_at: null,
  };
  return applyChange(pending, { status }, now);
}

/** @returns the same task when nothing changes */
export function applyChange(task: Task, { status = task.status, ...fields }: TaskChange, now: string): Task {
  const changed: Task = { ...task, ...fields, ...(status !== task.status && toStatus(task, status, now)) };
  return isSameContent(task, changed) ? task : { ...changed, updated_at: now };
}

/** Whether two states of a task differ in nothing but when they were written. */
export function isSameContent(first: Task, second: Task): boolean {
  const content = (task: Task) => JSON.stringify({ ...task, updated_at: '' }, Object.keys(task).sort());
  return content(first) === content(second);
}

export function isWholeDay(due: string): boolean {
  return due.length === '2026-03-29'.length;
}

// --- internal ---

/** K1, K2 */
function toStatus(
  { started_at }: Task,
  status: TaskStatus,
  now: string,
): Pick<Task, 'status' | 'started_at' | 'completed_at'> {
  switch (status) {
    case 'pending':
      return { status, started_at: null, completed_at: null };
    case 'in_progress':
      return { status, started_at: started_at ?? now, completed_at: null };
    case 'completed':
      return { status, started_at, completed_at: now };
  }
}
