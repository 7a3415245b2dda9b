/** How many tasks were open at the end of each day or week: the burn-down. */
import type { Buckets } from './buckets.ts';
import { ChartFrame, toTop } from './chart-frame.tsx';

export function LineChart({ buckets, unit }: Buckets) {
  const top = toTop(buckets.map(({ remaining }) => remaining));
  const points = buckets.map(({ remaining }, index) => `${index + 0.5} ${100 - (remaining / top) * 100}`);
  const line = points.length === 1 ? `M0 ${points[0]?.split(' ')[1]}H1` : `M${points.join('L')}`;
  return (
    <ChartFrame
      title={`Open at the end of the ${unit}`}
      summary={`Open tasks from ${buckets[0]?.remaining ?? 0} to ${buckets.at(-1)?.remaining ?? 0}. The numbers are in the table below.`}
      top={top}
      buckets={buckets}
    >
      {points.length > 1 && <path class="area" d={`${line}V100H0.5Z`} />}
      <path class="line" d={line} />
    </ChartFrame>
  );
}
