/** What statuses and priorities are called on the screen. */
import type { Priority, Status } from '../documents/task.ts';

export const statusLabels: Readonly<Record<Status, string>> = {
  pending: 'To do',
  in_progress: 'In progress',
  completed: 'Done',
};

export const priorityLabels: Readonly<Record<Priority, string>> = {
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};
