import { OattyError } from '@oatty/types';
import type { Task } from './task.ts';

/**
 * The same answer for a task that there is not and for one of somebody else.
 *
 * @throws {OattyError} `TASK_NOT_FOUND`
 */
export function requireTask(task: Task | undefined, taskId: string): Task {
  if (task !== undefined) return task;
  throw new OattyError('TASK_NOT_FOUND', `There is no task "${taskId}".`, { context: { task_id: taskId } });
}
