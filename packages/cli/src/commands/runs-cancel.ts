import { requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';

export const command: CliCommand = {
  path: 'runs cancel',
  summary: 'Cancel a run; what its steps have done stays done.',
  positionals: [{ name: 'ID', required: true, description: 'Id of the run.' }],
  async run(context, input) {
    const runId = requiredPositional(input, 0);
    const { runs } = await context.oatty();
    await runs.cancel(runId);
    const { status } = await runs.wait(runId, context.signal);
    context.print({ run_id: runId, status }, () => `Run ${runId} is ${status}`);
    return 0;
  },
};
