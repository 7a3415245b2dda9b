/** One task with all that is known of it, and the buttons that change its status. */
import type { Task } from '../documents/task.ts';
import { useDates, useHost } from '../host/host-context.ts';
import { recurrenceText } from '../words/recurrence.ts';
import { toSentence } from '../words/sentence.ts';
import { PriorityLabel, StatusBadge } from './badge.tsx';
import { DoneNotice } from './done-notice.tsx';
import { Due } from './due.tsx';
import { Facts } from './facts.tsx';
import type { Fact } from './facts.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { StatusButton } from './status-button.tsx';
import type { useTask } from './use-task.ts';

interface TaskPanelProps extends ReturnType<typeof useTask> {
  /** What has happened to the task: "Task created". */
  readonly heading: string;
}

export function TaskPanel({ heading, state, setStatus, closeFailure }: TaskPanelProps) {
  const { can } = useHost();
  const dates = useDates();
  const { task, isChanging = false, done, undo, failure } = state;
  return (
    <article class="widget">
      <header class="panel-head">
        <p class="eyebrow">{heading}</p>
        <h1 class={task.status === 'completed' ? 'panel-title panel-done' : 'panel-title'} dir="auto">
          {task.title}
        </h1>
      </header>
      {task.description !== null && task.description !== '' && (
        <p class="panel-text" dir="auto">
          {task.description}
        </p>
      )}
      <Facts facts={toFacts(task, dates.moment)} />
      {failure !== undefined && <FailureNotice failure={failure} onClose={closeFailure} />}
      <DoneNotice text={done} onUndo={undo && (() => void setStatus(undo.status))} />
      {can.callTools && (
        <div class="buttons">
          <StatusButton task={task} isChanging={isChanging} onStatus={(status) => void setStatus(status)} />
          {task.status === 'pending' && (
            <button
              type="button"
              class="button"
              aria-label={`Start ${task.title}`}
              aria-disabled={isChanging}
              onClick={() => void setStatus('in_progress')}
            >
              Start
            </button>
          )}
        </div>
      )}
    </article>
  );
}

// --- internal ---

function toFacts(task: Task, moment: (instant: string) => string): readonly Fact[] {
  return [
    { name: 'Status', value: <StatusBadge status={task.status} /> },
    { name: 'Priority', value: <PriorityLabel priority={task.priority} /> },
    { name: 'Due', value: <Due task={task} /> },
    ...(task.recurrence === null
      ? []
      : [{ name: 'Recurs', value: toSentence(recurrenceText(task.recurrence)) }]),
    { name: 'Created', value: moment(task.created_at) },
    ...(task.completed_at === null ? [] : [{ name: 'Completed', value: moment(task.completed_at) }]),
  ];
}
