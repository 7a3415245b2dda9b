/** Created and completed tasks, side by side. */
import type { Buckets } from './buckets.ts';
import { ChartFrame, toTop } from './chart-frame.tsx';

export function BarChart({ buckets, unit }: Buckets) {
  const top = toTop(buckets.flatMap(({ created, completed }) => [created, completed]));
  const sum = (name: 'created' | 'completed') => buckets.reduce((total, bucket) => total + bucket[name], 0);
  return (
    <ChartFrame
      title={`Created and completed by ${unit}`}
      summary={`${sum('created')} created and ${sum('completed')} completed, by ${unit}. The numbers are in the table below.`}
      top={top}
      buckets={buckets}
      legend={
        <p class="legend">
          <span class="key key-created">Created</span>
          <span class="key key-completed">Completed</span>
        </p>
      }
    >
      {buckets.map(({ label, created, completed }, index) => (
        <g key={label}>
          <title>{`${label}: ${created} created, ${completed} completed`}</title>
          <rect
            class="bar-created"
            x={index + 0.14}
            y={100 - (created / top) * 100}
            width={0.34}
            height={(created / top) * 100}
          />
          <rect
            class="bar-completed"
            x={index + 0.52}
            y={100 - (completed / top) * 100}
            width={0.34}
            height={(completed / top) * 100}
          />
        </g>
      ))}
    </ChartFrame>
  );
}
