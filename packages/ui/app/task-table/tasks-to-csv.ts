/** Tasks as CSV, with the names and values that the catalog uses. Pure. */
import type { Task } from '../documents/task.ts';
import { toCsv } from '../words/csv.ts';

export function tasksToCsv(tasks: readonly Task[]): string {
  return toCsv([[...columns], ...tasks.map((task) => columns.map((column) => String(task[column] ?? '')))]);
}

// --- internal ---

const columns = [
  'task_id',
  'title',
  'description',
  'status',
  'priority',
  'due',
  'overdue',
  'recurrence',
  'created_at',
  'updated_at',
  'started_at',
  'completed_at',
] as const satisfies readonly (keyof Task)[];
