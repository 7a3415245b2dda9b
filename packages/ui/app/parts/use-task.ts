/** One task and the changes of its status; the rules are those of `task-table/use-task-list.ts`. */
import { useState } from 'preact/hooks';
import { statusChangeSchema } from '../documents/task.ts';
import type { Status, Task } from '../documents/task.ts';
import type { Failure } from '../host/failure.ts';
import { useDates, useHost } from '../host/host-context.ts';
import { changeText, toUndo } from '../words/status-change.ts';
import type { Undo } from '../words/status-change.ts';

interface TaskState {
  readonly task: Task;
  readonly isChanging?: boolean;
  readonly done?: string | undefined;
  readonly undo?: Undo | undefined;
  readonly failure?: Failure | undefined;
}

export function useTask(initial: TaskState) {
  const host = useHost();
  const dates = useDates();
  const [state, setState] = useState(initial);
  const { task } = state;

  async function setStatus(status: Status): Promise<void> {
    if (state.isChanging === true) return;
    setState({ ...state, isChanging: true, failure: undefined });
    const input = { task_id: task.task_id, status, time_zone: dates.timeZone };
    const answer = await host.call('update_task_status', input, statusChangeSchema);
    if (answer.kind === 'failed') {
      setState({ task, failure: answer.failure });
      return;
    }
    const { document } = answer;
    setState({ task: document.task, done: changeText(document, dates), undo: toUndo(document) });
    await host.tellModel(`set the status of task ${task.task_id} to ${document.newStatus}`);
  }

  return { state, setStatus, closeFailure: () => setState({ task }) };
}
