import { requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { toRunText } from '../output/run-text.ts';

export const command: CliCommand = {
  path: 'runs show',
  summary: 'Show a run: its steps in time, what it asks, and its output.',
  positionals: [{ name: 'ID', required: true, description: 'Id of the run.' }],
  async run(context, input) {
    const { runs } = await context.oatty();
    const { run, open_questions } = await runs.inspect(requiredPositional(input, 0));
    context.print({ ...run, open_questions }, toRunText);
    return 0;
  },
};
