/** How many tasks there were in each status at the end of the period. */
import type { Report } from '../documents/report.ts';
import { statusLabels } from '../words/labels.ts';

export function StatusBar({ rows }: { readonly rows: Report['by_status'] }) {
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  return (
    <div>
      <h2 class="chart-title">By status</h2>
      <div class="share" aria-hidden="true">
        {rows.map(({ status, count }) =>
          count === 0 ? null : (
            <span key={status} class={`share-${status}`} style={{ flexGrow: count / total }} />
          ),
        )}
      </div>
      <dl class="share-key">
        {rows.map(({ status, count }) => (
          <div key={status}>
            <dt class={`key key-${status}`}>{statusLabels[status]}</dt>
            <dd class="number">{count}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
