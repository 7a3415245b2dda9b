import type { Schedules } from '@oatty/runtime';
import type { Firing } from '@oatty/types';
import type { CliCommand } from '../cli-command.ts';
import { toTable } from '../output/table.ts';
import type { TextStyle } from '../output/text-style.ts';
import { toTimingText } from '../output/timing-text.ts';

export const command: CliCommand = {
  path: 'schedule list',
  summary: 'List the schedules, with what came of their last time.',
  async run(context) {
    const { schedules } = await context.oatty();
    context.print(await schedules.list(), toListText);
    return 0;
  },
};

// --- internal ---

type ScheduleList = Awaited<ReturnType<Schedules['list']>>;

function toListText({ items }: ScheduleList, { width }: TextStyle): string {
  if (items.length === 0) return 'No schedules yet. Add one with: oatty schedule add WORKFLOW --cron EXPR';
  const rows = items.map((schedule) => [
    schedule.schedule_id,
    'workflow_id' in schedule ? schedule.workflow_id : schedule.command_id,
    schedule.caller?.principal ?? 'local',
    toTimingText(schedule.timing),
    schedule.next_at ?? schedule.status,
    schedule.last === undefined ? '' : toFiringText(schedule.last),
  ]);
  return toTable(['SCHEDULE', 'RUNS', 'OF', 'TIMES', 'NEXT', 'LAST'], rows, { width });
}

function toFiringText({ due_at, run_id, error }: Firing): string {
  return `${due_at} ${error === undefined ? `run ${run_id ?? ''}` : `${error.error_code}: ${error.message}`}`;
}
