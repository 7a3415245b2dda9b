/** A report: its period, its figures, two charts, and the numbers behind them. */
import type { Report } from '../documents/report.ts';
import { useDates, useHost } from '../host/host-context.ts';
import { CsvText } from '../parts/csv-text.tsx';
import { DayField } from '../parts/day-field.tsx';
import { DoneNotice } from '../parts/done-notice.tsx';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { Icon } from '../parts/icon.tsx';
import { BarChart } from './bar-chart.tsx';
import { BucketTable } from './bucket-table.tsx';
import { toBuckets } from './buckets.ts';
import { Figures } from './figures.tsx';
import { LineChart } from './line-chart.tsx';
import { PriorityTable } from './priority-table.tsx';
import { StatusBar } from './status-bar.tsx';
import { useReport } from './use-report.ts';

export function ReportView({ document }: { readonly document: Report }) {
  const { can } = useHost();
  const dates = useDates();
  const { state, load, exportCsv, tell } = useReport(document);
  const { report, isLoading = false, csv } = state;
  const { from, to, time_zone: timeZone } = report.period;
  const { unit, buckets } = toBuckets(report, dates.day);

  return (
    <section class="widget" aria-label="Report" aria-busy={isLoading}>
      <header class="report-head">
        <div>
          <h1>
            {dates.day(from)} – {dates.day(to)}
          </h1>
          <p class="quiet">{timeZone}</p>
        </div>
        {can.callTools && (
          <div class="period">
            <DayField
              label="From"
              day={from}
              onPick={(day) => day !== undefined && void load({ from: day, to })}
            />
            <DayField
              label="To"
              day={to}
              onPick={(day) => day !== undefined && void load({ from, to: day })}
            />
            <button type="button" class="button" aria-disabled={isLoading} onClick={() => void exportCsv()}>
              <Icon name="download" />
              Export CSV
            </button>
          </div>
        )}
      </header>
      {state.failure !== undefined && <FailureNotice failure={state.failure} onClose={() => tell({})} />}
      <DoneNotice text={state.done} />
      {csv !== undefined && <CsvText text={csv} onClose={() => tell({})} />}
      <div class={isLoading ? 'report stale' : 'report'}>
        <Figures kpis={report.kpis} />
        <div class="charts">
          <BarChart buckets={buckets} unit={unit} />
          <LineChart buckets={buckets} unit={unit} />
        </div>
        <div class="charts">
          <PriorityTable rows={report.by_priority} />
          <StatusBar rows={report.by_status} />
        </div>
        <BucketTable buckets={buckets} unit={unit} />
      </div>
    </section>
  );
}
