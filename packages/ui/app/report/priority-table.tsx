/** The figures of each priority. */
import type { Report } from '../documents/report.ts';
import { PriorityLabel } from '../parts/badge.tsx';
import { NumbersTable } from './numbers-table.tsx';

export function PriorityTable({ rows: given }: { readonly rows: Report['by_priority'] }) {
  const rows = given.toReversed().map(({ priority, created, completed, open, overdue }) => ({
    id: priority,
    label: <PriorityLabel priority={priority} />,
    numbers: [created, completed, open, overdue],
  }));
  return (
    <div>
      <h2 class="chart-title">By priority</h2>
      <NumbersTable subject="Priority" columns={['Created', 'Completed', 'Open', 'Overdue']} rows={rows} />
    </div>
  );
}
