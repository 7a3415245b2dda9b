import { requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';

export const command: CliCommand = {
  path: 'schedule remove',
  summary: 'Remove a schedule; runs that it has started go on.',
  positionals: [{ name: 'ID', required: true, description: 'Id of the schedule.' }],
  async run(context, input) {
    const { schedules } = await context.oatty();
    const document = await schedules.remove(requiredPositional(input, 0));
    context.print(document, ({ schedule_id }) => `Schedule ${schedule_id} is removed`);
    return 0;
  },
};
