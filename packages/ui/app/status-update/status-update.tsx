/** A status that was just changed: from what, to what, and how to take it back. */
import type { StatusChange } from '../documents/task.ts';
import { useDates } from '../host/host-context.ts';
import { TaskPanel } from '../parts/task-panel.tsx';
import { useTask } from '../parts/use-task.ts';
import { statusLabels } from '../words/labels.ts';
import { changeText, toUndo } from '../words/status-change.ts';

export function StatusUpdate({ document }: { readonly document: StatusChange }) {
  const { task, oldStatus, newStatus } = document;
  const done = changeText(document, useDates());
  const heading =
    oldStatus === newStatus ? 'Nothing to change' : `${statusLabels[oldStatus]} → ${statusLabels[newStatus]}`;
  return <TaskPanel heading={heading} {...useTask({ task, done, undo: toUndo(document) })} />;
}
