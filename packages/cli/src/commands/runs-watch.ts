import { isTerminal } from '@oatty/types';
import { OattyError } from '@oatty/types';
import { isSet, requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { showRun, toExitCode } from '../output/show-run.ts';
import { followRun, printEvents } from '../progress/follow-run.ts';

export const command: CliCommand = {
  path: 'runs watch',
  summary: 'Watch a run until it ends. Ctrl-C stops watching, not the run.',
  positionals: [{ name: 'ID', required: true, description: 'Id of the run.' }],
  options: {
    follow: { type: 'boolean', description: 'With --json: print each event as one line, then the run.' },
  },
  async run(context, input) {
    const runId = requiredPositional(input, 0);
    const follow = isSet(input, 'follow');
    if (follow && !context.flags.json) throw followWithoutJson();
    const { runs } = await context.oatty();
    await runs.get(runId);
    const events = runs.events(runId, 0, context.signal);
    await (follow ? printEvents(context, events) : followRun(context, events));
    const run = await runs.get(runId);
    if (!isTerminal(run.status)) throw stoppedWatching(runId);
    if (follow) context.io.stdout.write(`${JSON.stringify(run)}\n`);
    else showRun(context, run);
    return toExitCode(run);
  },
};

// --- internal ---

function followWithoutJson(): OattyError {
  return new OattyError('ARGUMENT_INVALID', '--follow prints events as JSON, and needs --json.', {
    suggestedAction: 'Add --json, or leave out --follow: progress is shown anyway.',
  });
}

function stoppedWatching(runId: string): OattyError {
  return new OattyError('CANCELED', `Run "${runId}" goes on; nobody watches it any more.`, {
    suggestedAction: `Watch it again with: oatty runs watch ${runId}`,
    context: { run_id: runId },
  });
}
