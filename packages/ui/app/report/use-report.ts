/** The report that is shown, and the ways to another one and to a file of it. */
import { useRef, useState } from 'preact/hooks';
import { reportSchema } from '../documents/report.ts';
import type { Report } from '../documents/report.ts';
import type { Failure } from '../host/failure.ts';
import { useDates, useHost } from '../host/host-context.ts';

interface Outcome {
  readonly done?: string;
  readonly failure?: Failure;
  /** What the host did not take as a file. */
  readonly csv?: string;
}

interface ReportState extends Outcome {
  readonly report: Report;
  readonly isLoading?: boolean;
}

export function useReport(document: Report) {
  const host = useHost();
  const dates = useDates();
  const [state, setState] = useState<ReportState>({ report: document });
  const asked = useRef(0);
  const { report } = state;

  /** Of several periods that are asked for one after the other, the last one counts. */
  async function load(period: { readonly from: string; readonly to: string }): Promise<void> {
    const ticket = (asked.current += 1);
    setState({ report, isLoading: true });
    const input = { ...period, time_zone: report.period.time_zone };
    const answer = await host.call('generate_report', input, reportSchema);
    if (ticket !== asked.current) return;
    if (answer.kind === 'failed') setState({ report, failure: answer.failure });
    else
      setState({
        report: answer.document,
        done: `Report from ${dates.day(period.from)} to ${dates.day(period.to)}.`,
      });
  }

  async function exportCsv(): Promise<void> {
    if (state.isLoading === true) return;
    const csv = report.csv ?? (await fetchCsv());
    if (csv === undefined) return;
    const isSaved =
      host.can.download && (await host.download({ name: 'report.csv', mimeType: 'text/csv', text: csv }));
    if (isSaved) setState({ report, done: 'Saved as report.csv.' });
    else setState({ report, csv });
  }

  async function fetchCsv(): Promise<string | undefined> {
    const { from, to, time_zone } = report.period;
    const answer = await host.call('generate_report', { from, to, time_zone, csv: true }, reportSchema);
    if (answer.kind === 'failed') setState({ report, failure: answer.failure });
    return answer.kind === 'failed' ? undefined : (answer.document.csv ?? undefined);
  }

  const tell = (outcome: Outcome): void => setState({ report, ...outcome });

  return { state, load, exportCsv, tell };
}
