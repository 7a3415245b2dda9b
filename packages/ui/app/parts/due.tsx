/** When a task is due, and whether that is over. */
import type { Task } from '../documents/task.ts';
import { useDates } from '../host/host-context.ts';
import { Icon } from './icon.tsx';

export function Due({ task: { due, overdue, recurrence } }: { readonly task: Task }) {
  const dates = useDates();
  if (due === null) return <span class="quiet">No date</span>;
  return (
    <span class={overdue ? 'due due-over' : 'due'}>
      <span class="due-time">
        <time dateTime={due}>{dates.due(due)}</time>
        {recurrence !== null && (
          <span class="quiet" title={recurrence}>
            {' '}
            <Icon name="repeat" />
            <span class="unseen">recurs</span>
          </span>
        )}
      </span>
      {overdue && <span class="due-word">Overdue</span>}
    </span>
  );
}
