/**
 * The list that the table shows, and what can be done with it.
 *
 *   U1. Of several lists that are asked for one after the other, the last one counts. Until it is there, the one before
 *       stays; when it fails, that one stays for good, with its query.
 *   U2. A changed task stays in its row, also when it no longer fits the filter: what was done is seen, and can be undone.
 *   U3. Undo is a change of status back. A recurring task that was completed has made its next one, which that would
 *       not take away: there it is not offered.
 *   U4. Several tasks may be changed at the same time; what was done last is told, and stays while more is done.
 */
import { useRef, useState } from 'preact/hooks';
import { statusChangeSchema } from '../documents/task.ts';
import type { Status, StatusChange, Task } from '../documents/task.ts';
import { taskListSchema } from '../documents/task-list.ts';
import type { TaskList } from '../documents/task-list.ts';
import type { Failure } from '../host/failure.ts';
import { useDates, useHost } from '../host/host-context.ts';
import { changeText, toUndo } from '../words/status-change.ts';
import type { Undo } from '../words/status-change.ts';
import { planStart } from './plan-start.ts';
import { toArguments, toQuery } from './query.ts';
import type { Query } from './query.ts';

interface TaskListState {
  readonly list: TaskList;
  /** Of the list. */
  readonly shown: Query;
  /** Of the controls: ahead of `shown` while a list is on its way. */
  readonly query: Query;
  readonly isLoading?: boolean;
  /** Ids of the tasks that are being changed. */
  readonly changing: readonly string[];
  /** How many match, when another list came: for those who do not see it. */
  readonly found?: string;
  readonly done?: string;
  readonly undo?: Undo | undefined;
  readonly failure?: Failure | undefined;
}

export function useTaskList(document: TaskList) {
  const host = useHost();
  const dates = useDates();
  const [state, setState] = useState<TaskListState>(() => ({
    ...toState(document, toQuery(document, dates)),
    ...firstNotice(document),
  }));
  const asked = useRef(0);

  async function load(query: Query): Promise<void> {
    const ticket = (asked.current += 1);
    setState(({ list, shown, changing }) => ({ list, shown, query, changing, isLoading: true }));
    const answer = await host.call('list_tasks', toArguments(query, pageSize), taskListSchema);
    if (ticket !== asked.current) return; // U1
    if (answer.kind === 'done') {
      const { document: list } = answer;
      setState(({ changing }) => ({ ...toState(list, query), changing, found: countText(list) }));
    } else {
      setState(({ list, shown, changing }) => ({
        ...toState(list, shown),
        changing,
        failure: answer.failure,
      }));
    }
  }

  /** U4 */
  async function setStatus({ task_id }: Task, status: Status): Promise<void> {
    if (state.changing.includes(task_id)) return;
    setState((before) => ({ ...before, changing: [...before.changing, task_id], failure: undefined }));
    const input = { task_id, status, time_zone: state.shown.timeZone };
    const answer = await host.call('update_task_status', input, statusChangeSchema);
    const outcome =
      answer.kind === 'done'
        ? { done: changeText(answer.document, dates), undo: toUndo(answer.document) }
        : { failure: answer.failure };
    setState((before) => ({
      ...withoutNotices(before),
      list: answer.kind === 'done' ? withTask(before.list, answer.document.task) : before.list,
      changing: before.changing.filter((id) => id !== task_id),
      ...outcome,
    }));
    if (answer.kind === 'done')
      await host.tellModel(`set the status of task ${task_id} to ${answer.document.newStatus}`);
  }

  async function scheduleStart(task: Task, at: string): Promise<void> {
    tell(await planStart(host, dates, task, at));
  }

  const tell = (outcome: { readonly done?: string; readonly failure?: Failure }): void =>
    setState((before) => ({ ...withoutNotices(before), ...outcome }));

  return { state, load, setStatus, scheduleStart, tell };
}

// --- internal ---

const pageSize = 50;

function toState(list: TaskList, query: Query): TaskListState {
  return { list, shown: query, query, changing: [] };
}

function withoutNotices({ list, shown, query, changing, isLoading = false }: TaskListState): TaskListState {
  return { list, shown, query, changing, isLoading };
}

/** U2 */
function withTask(list: TaskList, changed: StatusChange['task']): TaskList {
  return { ...list, tasks: list.tasks.map((task) => (task.task_id === changed.task_id ? changed : task)) };
}

/** What is said of the list that came first: which of several new tasks were not created, and why. */
function firstNotice({ results = [] }: TaskList): Pick<TaskListState, 'failure'> {
  const reasons = results.flatMap(({ outcome, error }, index) =>
    outcome === 'failed' ? [`Task ${index + 1}: ${error?.message ?? 'no reason was given.'}`] : [],
  );
  if (reasons.length === 0) return {};
  const message = `${reasons.length} of ${results.length} tasks were not created.`;
  return { failure: { message, suggestedAction: reasons.join(' ') } };
}

function countText({ total }: TaskList): string {
  return total === 1 ? '1 task matches.' : `${total} tasks match.`;
}
