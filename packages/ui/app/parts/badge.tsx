/** A status or a priority: always a word, the colour only repeats it. */
import type { Priority, Status } from '../documents/task.ts';
import { priorityLabels, statusLabels } from '../words/labels.ts';

export function StatusBadge({ status }: { readonly status: Status }) {
  return <span class={`badge badge-${status}`}>{statusLabels[status]}</span>;
}

export function PriorityLabel({ priority }: { readonly priority: Priority }) {
  return <span class={`priority priority-${priority}`}>{priorityLabels[priority]}</span>;
}
