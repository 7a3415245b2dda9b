/** The figures of each priority. */
import type { Report } from '../documents/report.ts';
import { PriorityLabel } from '../parts/badge.tsx';

export function PriorityTable({ rows }: { readonly rows: Report['by_priority'] }) {
  return (
    <div>
      <h2 class="chart-title">By priority</h2>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">Priority</th>
            <th scope="col" class="number">
              Created
            </th>
            <th scope="col" class="number">
              Done
            </th>
            <th scope="col" class="number">
              Open
            </th>
            <th scope="col" class="number">
              Overdue
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map(({ priority, created, completed, open, overdue }) => (
            <tr key={priority}>
              <th scope="row">
                <PriorityLabel priority={priority} />
              </th>
              <td class="number">{created}</td>
              <td class="number">{completed}</td>
              <td class="number">{open}</td>
              <td class="number">{overdue}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
