/** How many of the tasks are shown, and the way to the others. A button that leads nowhere keeps the focus it has. */
import type { TaskList } from '../documents/task-list.ts';
import { useHost } from '../host/host-context.ts';
import type { Query } from './query.ts';

interface PagerProps {
  readonly list: TaskList;
  readonly query: Query;
  readonly onPage: (query: Query) => void;
}

export function Pager({ list: { tasks, total, next_cursor: next }, query, onPage }: PagerProps) {
  const { can } = useHost();
  const isPaged = can.callTools && (next !== null || query.cursors.length > 0);
  return (
    <div class="pager">
      <span class="quiet">
        {tasks.length === total
          ? `${total} ${total === 1 ? 'task' : 'tasks'}`
          : `${tasks.length} of ${total} tasks`}
      </span>
      {isPaged && (
        <>
          <button
            type="button"
            class="button"
            aria-disabled={query.cursors.length === 0}
            onClick={() =>
              query.cursors.length > 0 && onPage({ ...query, cursors: query.cursors.slice(0, -1) })
            }
          >
            Previous
          </button>
          <button
            type="button"
            class="button"
            aria-disabled={next === null}
            onClick={() => next !== null && onPage({ ...query, cursors: [...query.cursors, next] })}
          >
            Next
          </button>
        </>
      )}
    </div>
  );
}
