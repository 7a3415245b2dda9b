/** A task that was just created, or was there already. */
import type { CreatedTask } from '../documents/created-task.ts';
import { TaskPanel } from '../parts/task-panel.tsx';
import { useTask } from '../parts/use-task.ts';

export function TaskCard({ document: { task, created } }: { readonly document: CreatedTask }) {
  return <TaskPanel heading={created ? 'Task created' : 'Task was there already'} {...useTask({ task })} />;
}
