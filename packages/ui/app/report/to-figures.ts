/** KPIs as figures to read: shares in per cent, times in the largest fitting unit. Pure. */
import type { Report } from '../documents/report.ts';

export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly more?: string;
  readonly isBad: boolean;
}

export function toFigures(kpis: Report['kpis']): readonly Figure[] {
  const value = (name: string): number | null => kpis.find(({ kpi }) => kpi === name)?.value ?? null;
  const count = (name: string, kpi: string): Figure => ({ name, value: toNumber(value(kpi)), isBad: false });
  const time = (name: string, kpi: string): Figure => ({
    name,
    value: toDuration(value(`${kpi}_p50`)),
    ...(value(`${kpi}_p90`) !== null && { more: `90 %: ${toDuration(value(`${kpi}_p90`))}` }),
    isBad: false,
  });
  return [
    count('Created', 'created'),
    count('Completed', 'completed'),
    { name: 'On time', value: toPercent(value('on_time_share')), isBad: false },
    count('Per week', 'throughput_per_week'),
    time('Lead time', 'lead_time'),
    count('Open', 'open'),
    count('In progress', 'work_in_progress'),
    { ...count('Overdue', 'overdue'), isBad: (value('overdue') ?? 0) > 0 },
    time('Age', 'age'),
    time('Cycle time', 'cycle_time'),
  ];
}

// --- internal ---

const nothing = '–';
const oneDigit = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

function toNumber(value: number | null): string {
  return value === null ? nothing : oneDigit.format(value);
}

function toPercent(share: number | null): string {
  return share === null ? nothing : `${Math.round(share * 100)} %`;
}

/** @param hours - `null` where there is nothing to tell it from */
function toDuration(hours: number | null): string {
  if (hours === null) return nothing;
  if (hours < 1) return `${Math.round(hours * 60)} min`;
  if (hours < 48) return `${oneDigit.format(hours)} h`;
  return `${oneDigit.format(hours / 24)} days`;
}
