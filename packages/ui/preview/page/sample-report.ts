/** A report on made-up tasks. */
type Document = Readonly<Record<string, unknown>>;

/** @param busy - 0 for a period in which nothing happened */
export function sampleReport(count: number, busy = 1): Document {
  const days = Array.from({ length: count }, (_, index) => {
    const day = new Date(Date.UTC(2026, 2, 23 + index)).toISOString().slice(0, 10);
    return { day, created: busy * ((index * 5) % 7), completed: busy * ((index * 3 + 2) % 6), remaining: 0 };
  });
  let remaining = 24 * busy;
  const rows = days.map((day) => ({ ...day, remaining: (remaining += day.created - day.completed) }));
  const sum = (name: 'created' | 'completed') => rows.reduce((total, row) => total + row[name], 0);
  const hours = (value: number) => (busy === 0 ? null : value);
  return {
    type: 'report',
    period: {
      from: rows[0]?.day,
      to: rows.at(-1)?.day,
      time_zone: 'Europe/Berlin',
      judged_at: '2026-03-29T22:00:00.000Z',
    },
    kpis: [
      { kpi: 'created', value: sum('created'), unit: 'tasks' },
      { kpi: 'completed', value: sum('completed'), unit: 'tasks' },
      { kpi: 'on_time_share', value: hours(0.8462), unit: 'share' },
      { kpi: 'throughput_per_week', value: (sum('completed') / count) * 7, unit: 'tasks per week' },
      { kpi: 'lead_time_p50', value: hours(53.2), unit: 'hours' },
      { kpi: 'lead_time_p90', value: hours(170.5), unit: 'hours' },
      { kpi: 'cycle_time_p50', value: hours(5.25), unit: 'hours' },
      { kpi: 'cycle_time_p90', value: hours(31.5), unit: 'hours' },
      { kpi: 'open', value: remaining, unit: 'tasks' },
      { kpi: 'work_in_progress', value: 4 * busy, unit: 'tasks' },
      { kpi: 'overdue', value: 3 * busy, unit: 'tasks' },
      { kpi: 'age_p50', value: hours(96), unit: 'hours' },
      { kpi: 'age_p90', value: hours(600), unit: 'hours' },
    ],
    by_priority: [
      { priority: 'low', created: 7 * busy, completed: 6 * busy, open: 9 * busy, overdue: 0 },
      { priority: 'medium', created: 9 * busy, completed: 11 * busy, open: 8 * busy, overdue: busy },
      { priority: 'high', created: 5 * busy, completed: 6 * busy, open: 5 * busy, overdue: 2 * busy },
    ],
    by_status: [
      { status: 'pending', count: 18 * busy },
      { status: 'in_progress', count: 4 * busy },
      { status: 'completed', count: 61 * busy },
    ],
    weeks: toWeeks(rows),
    days: rows,
    csv: null,
  };
}

// --- internal ---

function toWeeks(days: readonly { day: string; created: number; completed: number }[]) {
  const weeks: { week: string; created: number; completed: number }[] = [];
  for (const [index, { day, created, completed }] of days.entries()) {
    const week = index % 7 === 0 ? undefined : weeks.at(-1);
    if (week === undefined) weeks.push({ week: day, created, completed });
    else
      weeks[weeks.length - 1] = {
        week: week.week,
        created: week.created + created,
        completed: week.completed + completed,
      };
  }
  return weeks;
}
