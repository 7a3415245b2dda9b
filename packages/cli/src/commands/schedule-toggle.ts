import type { Oatty } from '@oatty/runtime';
import type { Schedule } from '@oatty/types';
import { requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';

export const pauseCommand: CliCommand = toggleCommand(
  'pause',
  'Start nothing until the schedule is resumed.',
  ({ schedules }, id) => schedules.pause(id),
);
export const resumeCommand: CliCommand = toggleCommand(
  'resume',
  'Go on with a paused schedule, from now on.',
  ({ schedules }, id) => schedules.resume(id),
);

// --- internal ---

function toggleCommand(
  word: string,
  summary: string,
  toggle: (oatty: Oatty, scheduleId: string) => Promise<Schedule>,
): CliCommand {
  return {
    path: `schedule ${word}`,
    summary,
    positionals: [{ name: 'ID', required: true, description: 'Id of the schedule.' }],
    async run(context, input) {
      const schedule = await toggle(await context.oatty(), requiredPositional(input, 0));
      context.print(schedule, ({ schedule_id, status, next_at }) => {
        return `Schedule ${schedule_id} is ${status}${next_at === undefined ? '' : `, next at ${next_at}`}`;
      });
      return 0;
    },
  };
}
