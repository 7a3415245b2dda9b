/** Search, drop-downs and days: what the list is narrowed by. On a narrow screen all but the search can be folded. */
import { useState } from 'preact/hooks';
import type { Priority } from '../documents/task.ts';
import type { Filter } from '../documents/task-list.ts';
import { useDates } from '../host/host-context.ts';
import { priorityLabels } from '../words/labels.ts';
import { DayField } from '../parts/day-field.tsx';
import { Icon } from '../parts/icon.tsx';
import type { FilterChange, Query } from './query.ts';
import { SearchField } from './search-field.tsx';
import { SortField } from './sort-field.tsx';
import { findStatusChoice, statusChoices } from './status-choices.ts';

interface FilterBarProps {
  readonly query: Query;
  readonly onChange: (change: FilterChange) => void;
  readonly onSort: (order: Pick<Query, 'sort' | 'order'>) => void;
}

export function FilterBar({ query, onChange, onSort }: FilterBarProps) {
  const { filter } = query;
  const dates = useDates();
  const toDay = (time: string | undefined) => (time === undefined ? '' : dates.toDay(time));
  const priorities = filter.priority ?? [];
  const [isOpen, setOpen] = useState(false);
  return (
    <div class={isOpen ? 'filters' : 'filters filters-closed'} role="search" aria-label="Filters">
      <div class="filters-head">
        <SearchField
          text={filter.text ?? ''}
          onSearch={(text) => onChange({ text: text === '' ? undefined : text })}
        />
        <button
          type="button"
          class="button filters-toggle"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="filter" />
          {countFilters(filter) === 0 ? 'Filters' : `Filters (${countFilters(filter)})`}
        </button>
      </div>
      <label class="field">
        <span class="field-name">Status</span>
        <select
          value={findStatusChoice(filter)?.key ?? several}
          onChange={({ currentTarget: { value } }) =>
            onChange(statusChoices.find(({ key }) => key === value)?.filter ?? {})
          }
        >
          {statusChoices.map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
          {findStatusChoice(filter) === undefined && <option value={several}>Several</option>}
        </select>
      </label>
      <label class="field">
        <span class="field-name">Priority</span>
        <select
          value={priorities.length > 1 ? several : (priorities[0] ?? '')}
          onChange={({ currentTarget: { value } }) =>
            onChange({ priority: isPriority(value) ? [value] : undefined })
          }
        >
          <option value="">Any</option>
          {Object.entries(priorityLabels).map(([priority, label]) => (
            <option key={priority} value={priority}>
              {label}
            </option>
          ))}
          {priorities.length > 1 && <option value={several}>Several</option>}
        </select>
      </label>
      <DayField label="Due from" day={toDay(filter.due_from)} onPick={(due_from) => onChange({ due_from })} />
      <DayField label="Due to" day={toDay(filter.due_to)} onPick={(due_to) => onChange({ due_to })} />
      <SortField query={query} onSort={onSort} />
    </div>
  );
}

// --- internal ---

const several = 'several';

/** Those that are folded: not the search. */
function countFilters({ text: _text, ...others }: Filter): number {
  return Object.values(others).filter((value) => value !== undefined).length;
}

function isPriority(value: string): value is Priority {
  return Object.hasOwn(priorityLabels, value);
}
