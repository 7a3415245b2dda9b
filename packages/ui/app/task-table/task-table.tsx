/** Tasks in a table: filters above, pages below. */
import type { Task } from '../documents/task.ts';
import type { SortField, TaskList } from '../documents/task-list.ts';
import { useDates, useHost } from '../host/host-context.ts';
import { useState } from 'preact/hooks';
import { DoneNotice } from '../parts/done-notice.tsx';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { ExportButton } from './export-button.tsx';
import { FilterBar } from './filter-bar.tsx';
import { NoTasks } from './no-tasks.tsx';
import { Pager } from './pager.tsx';
import { withFilter, withSort } from './query.ts';
import { SortHeader } from './sort-header.tsx';
import { TaskRow } from './task-row.tsx';
import { StartForm } from './start-form.tsx';
import { useTaskList } from './use-task-list.ts';

export function TaskTable({ document }: { readonly document: TaskList }) {
  const { can } = useHost();
  const dates = useDates();
  const { state, load, setStatus, scheduleStart, tell } = useTaskList(document);
  const [toStart, setToStart] = useState<Task>();
  const { list, query, shown, isLoading = false, changing, undo } = state;
  const sortBy = { query, onSort: (field: SortField) => void load(withSort(query, field)) };

  return (
    <section class="widget" aria-label="Tasks" aria-busy={isLoading}>
      <h1 class="unseen">Tasks</h1>
      <p class="unseen" role="status">
        {state.found}
      </p>
      {can.callTools && (
        <FilterBar
          query={query}
          onChange={(change) => void load(withFilter(query, change, dates))}
          onSort={(order) => void load({ ...query, ...order, cursors: [] })}
        />
      )}
      {state.failure !== undefined && <FailureNotice failure={state.failure} onClose={() => tell({})} />}
      <DoneNotice text={state.done} onUndo={undo && (() => void setStatus(undo.task, undo.status))} />
      {toStart !== undefined && (
        <StartForm
          task={toStart}
          onPick={(at) => {
            setToStart(undefined);
            void scheduleStart(toStart, at);
          }}
          onCancel={() => setToStart(undefined)}
        />
      )}
      {list.tasks.length === 0 ? (
        <NoTasks query={shown} onClear={() => void load({ ...withFilter(query, {}, dates), filter: {} })} />
      ) : (
        <div class="scroll" role="region" aria-label="List of tasks" tabIndex={0}>
          <table class={isLoading ? 'tasks stale' : 'tasks'}>
            <thead>
              <tr>
                <SortHeader field="title" label="Task" {...sortBy} />
                <SortHeader field="status" label="Status" {...sortBy} />
                <SortHeader field="priority" label="Priority" {...sortBy} />
                <SortHeader field="due" label="Due" {...sortBy} />
                {can.callTools && (
                  <th scope="col">
                    <span class="unseen">Actions</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {list.tasks.map((task) => (
                <TaskRow
                  key={task.task_id}
                  task={task}
                  isChanging={changing.includes(task.task_id)}
                  onStart={can.callTools ? () => setToStart(task) : undefined}
                  onStatus={can.callTools ? (status) => void setStatus(task, status) : undefined}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <footer class="foot">
        <Pager list={list} query={shown} onPage={(next) => void load(next)} />
        {list.tasks.length > 0 && <ExportButton list={list} query={shown} onOutcome={tell} />}
      </footer>
    </section>
  );
}
