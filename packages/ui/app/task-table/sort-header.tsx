/** The head of a column, which sorts by it. */
import type { SortField } from '../documents/task-list.ts';
import { useHost } from '../host/host-context.ts';
import { Icon } from '../parts/icon.tsx';
import type { Query } from './query.ts';

interface SortHeaderProps {
  readonly field: SortField;
  readonly label: string;
  readonly query: Query;
  readonly onSort: (field: SortField) => void;
}

export function SortHeader({ field, label, query, onSort }: SortHeaderProps) {
  const { can } = useHost();
  const order = query.sort === field ? query.order : undefined;
  const sorted = order === undefined ? 'none' : order === 'asc' ? 'ascending' : 'descending';
  return (
    <th scope="col" class={`column-${field}`} aria-sort={sorted}>
      {can.callTools ? (
        <button type="button" class="sort" onClick={() => onSort(field)}>
          {label}
          {order !== undefined && <Icon name={order === 'asc' ? 'up' : 'down'} />}
        </button>
      ) : (
        label
      )}
    </th>
  );
}
