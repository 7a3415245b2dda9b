/** What the drop-down for the status offers, and the filter that each choice stands for. Pure. */
import type { Filter } from '../documents/task-list.ts';
import type { Status } from '../documents/task.ts';
import { statusLabels } from '../words/labels.ts';
import type { FilterChange } from './query.ts';

interface StatusChoice {
  readonly key: string;
  readonly label: string;
  readonly filter: Pick<FilterChange, 'status' | 'overdue'>;
}

export const statusChoices: readonly StatusChoice[] = [
  { key: 'any', label: 'Any', filter: { status: undefined, overdue: undefined } },
  { key: 'open', label: 'Not done', filter: { status: ['pending', 'in_progress'], overdue: undefined } },
  { key: 'overdue', label: 'Overdue', filter: { status: undefined, overdue: true } },
  ...(['pending', 'in_progress', 'completed'] as const).map(toChoice),
];

/** @returns `undefined` for a filter that is none of the choices */
export function findStatusChoice(filter: Filter): StatusChoice | undefined {
  return statusChoices.find(
    (choice) =>
      choice.filter.overdue === filter.overdue &&
      (choice.filter.status ?? []).toSorted().join() === (filter.status ?? []).toSorted().join(),
  );
}

// --- internal ---

function toChoice(status: Status): StatusChoice {
  return { key: status, label: statusLabels[status], filter: { status: [status], overdue: undefined } };
}
