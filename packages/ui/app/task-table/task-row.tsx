/** One task, and what can be done with it. On a narrow screen all of it stands in the first column. */
import type { Status, Task } from '../documents/task.ts';
import { PriorityLabel, StatusBadge } from '../parts/badge.tsx';
import { Due } from '../parts/due.tsx';
import { Icon } from '../parts/icon.tsx';
import { StatusButton } from '../parts/status-button.tsx';

interface TaskRowProps {
  readonly task: Task;
  readonly isChanging: boolean;
  /** Absent where the host calls no tools, as the other one. */
  readonly onStart?: (() => void) | undefined;
  readonly onStatus?: ((status: Status) => void) | undefined;
}

export function TaskRow({ task, isChanging, onStart, onStatus }: TaskRowProps) {
  return (
    <tr class={task.status === 'completed' ? 'row-done' : ''}>
      <th scope="row" class="column-title">
        <span class="title" dir="auto" title={task.title}>
          {task.title}
        </span>
        {task.description !== null && task.description !== '' && (
          <span class="quiet description" dir="auto">
            {task.description}
          </span>
        )}
        <span class="narrow-only">
          <StatusBadge status={task.status} />
          <PriorityLabel priority={task.priority} />
          <Due task={task} />
        </span>
      </th>
      <td class="column-status">
        <StatusBadge status={task.status} />
      </td>
      <td class="column-priority">
        <PriorityLabel priority={task.priority} />
      </td>
      <td class="column-due">
        <Due task={task} />
      </td>
      {onStatus !== undefined && (
        <td class="column-actions">
          <div class="row-buttons">
            <StatusButton task={task} isChanging={isChanging} onStatus={onStatus} />
            {task.status === 'pending' && (
              <button
                type="button"
                class="button button-icon"
                aria-label={`Schedule ${task.title}`}
                title="Schedule"
                onClick={onStart}
              >
                <Icon name="clock" />
              </button>
            )}
          </div>
        </td>
      )}
    </tr>
  );
}
