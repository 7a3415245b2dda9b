/** What a drawing needs to be read: a title, a scale, the first and the last column, and a sentence instead of it. */
import type { ComponentChildren } from 'preact';
import type { Bucket } from './buckets.ts';

interface ChartFrameProps {
  readonly title: string;
  /** What somebody who does not see the drawing is told. */
  readonly summary: string;
  readonly top: number;
  readonly buckets: readonly Bucket[];
  readonly legend?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function ChartFrame({ title, summary, top, buckets, legend, children }: ChartFrameProps) {
  return (
    <figure class="chart">
      <figcaption>
        <h2 class="chart-title">{title}</h2>
        {legend}
      </figcaption>
      <div class="plot">
        <span class="plot-top" aria-hidden="true">
          {top}
        </span>
        <svg
          role="img"
          aria-label={summary}
          viewBox={`0 0 ${Math.max(1, buckets.length)} 100`}
          preserveAspectRatio="none"
        >
          {children}
        </svg>
      </div>
      <div class="plot-ends" aria-hidden="true">
        <span>{buckets[0]?.label}</span>
        <span>{buckets.length > 1 && buckets.at(-1)?.label}</span>
      </div>
    </figure>
  );
}

/** The next round number: the top of the scale. */
export function toTop(values: readonly number[]): number {
  const most = Math.max(1, ...values);
  const step = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((factor) => factor * step).find((top) => top >= most) ?? most;
}
