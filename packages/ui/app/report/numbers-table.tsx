/** The numbers that the charts draw. */
import type { Buckets } from './buckets.ts';

export function NumbersTable({ buckets, unit }: Buckets) {
  return (
    <details>
      <summary>Numbers by {unit}</summary>
      <div class="scroll" role="region" aria-label={`Numbers by ${unit}`} tabIndex={0}>
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">{unit === 'day' ? 'Day' : 'Week of'}</th>
              <th scope="col" class="number">
                Created
              </th>
              <th scope="col" class="number">
                Completed
              </th>
              <th scope="col" class="number">
                Open
              </th>
            </tr>
          </thead>
          <tbody>
            {buckets.map(({ label, created, completed, remaining }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td class="number">{created}</td>
                <td class="number">{completed}</td>
                <td class="number">{remaining}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
