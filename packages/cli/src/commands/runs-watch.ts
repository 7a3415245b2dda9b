import { isTerminal, OattyError } from '@oatty/types';
import { requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { toExitCode } from '../output/show-run.ts';
import { followOption, readRunView } from '../progress/run-view.ts';

export const command: CliCommand = {
  path: 'runs watch',
  summary: 'Watch a run until it ends. Ctrl-C stops watching, not the run.',
  positionals: [{ name: 'ID', required: true, description: 'Id of the run.' }],
  options: followOption,
  async run(context, input) {
    const runId = requiredPositional(input, 0);
    const view = readRunView(context, input);
    const { runs } = await context.oatty();
    await runs.get(runId);
    await view.follow(context, runs.events(runId, 0, context.signal));
    const run = await runs.get(runId);
    if (!isTerminal(run.status)) throw stoppedWatching(runId);
    view.showEnd(context, run);
    return toExitCode(run);
  },
};

// --- internal ---

function stoppedWatching(runId: string): OattyError {
  return new OattyError('CANCELED', `Run "${runId}" goes on; nobody watches it any more.`, {
    suggestedAction: `Watch it again with: oatty runs watch ${runId}`,
    context: { run_id: runId },
  });
}
