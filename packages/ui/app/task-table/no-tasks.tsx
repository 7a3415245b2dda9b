/** The table without a row: there are no tasks, or none that match. */
import { useHost } from '../host/host-context.ts';
import { Message } from '../parts/message.tsx';
import { hasFilter } from './query.ts';
import type { Query } from './query.ts';

export function NoTasks({ query, onClear }: { readonly query: Query; readonly onClear: () => void }) {
  const { can } = useHost();
  if (!hasFilter(query)) return <Message title="No tasks yet" text="Ask for one in the conversation." />;
  return (
    <Message title="No task matches" text="Nothing fits all of these filters.">
      {can.callTools && (
        <button type="button" class="button" onClick={onClear}>
          Clear filters
        </button>
      )}
    </Message>
  );
}
