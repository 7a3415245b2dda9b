import * as z from 'zod';
import { defineCatalogTool } from './catalog-tool.ts';

export const generateReport = defineCatalogTool({
  name: 'generate_report',
  command: 'tasks reports:generate',
  description:
    'Reports on the tasks of the person in a period: created, completed, on time, how long they took, what is open and overdue, by priority, status, week and day. Without from and to it is the last seven days.',
  safety: 'safe',
  isIdempotent: true,
  adminArguments: ['user'],
  isOpenWorld: false,
  view: 'ui://tasks/report',
  given: z.looseObject({
    period: z.looseObject({
      from: z.string(),
      to: z.string(),
      time_zone: z.string(),
      judged_at: z.string(),
    }),
    kpis: z.array(z.looseObject({ kpi: z.string(), value: z.number().nullable(), unit: z.string() })),
    by_status: z.array(z.looseObject({ status: z.string(), count: z.int() })),
    by_priority: z.array(
      z.looseObject({
        priority: z.string(),
        created: z.int(),
        completed: z.int(),
        open: z.int(),
        overdue: z.int(),
      }),
    ),
    weeks: z.array(z.looseObject({ week: z.string(), created: z.int(), completed: z.int() })),
  }),
  output: { type: 'string' },
  toDocument: (report) => ({ type: 'report', ...report }),
  toText({ period, kpis, by_status: statuses, by_priority: priorities, weeks }) {
    const { from, to, time_zone: zone, judged_at: judgedAt } = period;
    return [
      `Tasks from ${from} to ${to} (${zone}); open ones as of ${judgedAt}.`,
      kpis.map(({ kpi, value, unit }) => `- ${kpi}: ${toFigure(value, unit)}`).join('\n'),
      `By status: ${statuses.map(({ status, count }) => `${status} ${count}`).join(', ')}.`,
      `By priority: ${priorities.map(({ priority, ...counts }) => `${priority} ${toCounts(counts)}`).join('; ')}.`,
      `By week: ${weeks.map(({ week, ...counts }) => `${week} ${toCounts(counts)}`).join('; ')}.`,
    ].join('\n\n');
  },
});

// --- internal ---

function toFigure(value: number | null, unit: string): string {
  if (value === null) return 'nothing to tell it from';
  return unit === 'share' ? `${Math.round(value * 100)} %` : `${value} ${unit}`;
}

/** `3 created, 1 completed` */
function toCounts(counts: Readonly<Record<string, unknown>>): string {
  return Object.entries(counts)
    .map(([what, count]) => `${String(count)} ${what}`)
    .join(', ');
}
