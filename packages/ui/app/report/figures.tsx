/** The figures of a report. A median stands with the 90th percentile, which most were below. */
import type { Report } from '../documents/report.ts';
import { toFigures } from './to-figures.ts';

export function Figures({ kpis }: { readonly kpis: Report['kpis'] }) {
  return (
    <dl class="figures">
      {toFigures(kpis).map(({ name, value, more, isBad }) => (
        <div key={name} class={isBad ? 'figure figure-bad' : 'figure'}>
          <dt>{name}</dt>
          <dd>
            {value}
            {more !== undefined && <span class="figure-more">{more}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
