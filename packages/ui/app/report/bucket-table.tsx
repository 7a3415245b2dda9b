/** The numbers that the charts draw. */
import type { Buckets } from './buckets.ts';
import { NumbersTable } from './numbers-table.tsx';

export function BucketTable({ buckets, unit }: Buckets) {
  const rows = buckets.map(({ label, created, completed, remaining }) => {
    return { id: label, label, numbers: [created, completed, remaining] };
  });
  return (
    <details>
      <summary>Numbers by {unit}</summary>
      <div class="scroll" role="region" aria-label={`Numbers by ${unit}`} tabIndex={0}>
        <NumbersTable
          subject={unit === 'day' ? 'Day' : 'Week of'}
          columns={['Created', 'Completed', 'Open']}
          rows={rows}
        />
      </div>
    </details>
  );
}
