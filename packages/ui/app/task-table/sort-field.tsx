/** The order of the list where there is no room for the heads of its columns. */
import type { SortField as Field } from '../documents/task-list.ts';
import type { Query } from './query.ts';

interface SortFieldProps {
  readonly query: Query;
  readonly onSort: (order: Pick<Query, 'sort' | 'order'>) => void;
}

export function SortField({ query: { sort, order }, onSort }: SortFieldProps) {
  const index = choices.findIndex((choice) => choice.sort === sort && choice.order === order);
  return (
    <label class="field sort-field">
      <span class="field-name">Sort by</span>
      <select
        value={index}
        onChange={({ currentTarget: { value } }) => {
          const choice = choices[Number(value)];
          if (choice !== undefined) onSort({ sort: choice.sort, order: choice.order });
        }}
      >
        {index === -1 && <option value={-1}>Other</option>}
        {choices.map(({ label }, at) => (
          <option key={label} value={at}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

// --- internal ---

interface Choice extends Pick<Query, 'order'> {
  readonly label: string;
  readonly sort: Field;
}

const choices: readonly Choice[] = [
  { label: 'Due, first to last', sort: 'due', order: 'asc' },
  { label: 'Due, last to first', sort: 'due', order: 'desc' },
  { label: 'Priority, high first', sort: 'priority', order: 'desc' },
  { label: 'Title', sort: 'title', order: 'asc' },
  { label: 'Status', sort: 'status', order: 'asc' },
  { label: 'Newest', sort: 'created_at', order: 'desc' },
  { label: 'Oldest', sort: 'created_at', order: 'asc' },
];
