/** How a run is shown while it goes on and at its end: for people, or with `--follow` one line of JSON after the other. */
import { OattyError } from '@oatty/types';
import type { RunDocument } from '@oatty/types';
import { isSet } from '../cli-command.ts';
import type { CliContext, OptionSpec, ParsedInput } from '../cli-command.ts';
import { showRun } from '../output/show-run.ts';
import { followRun, printEvents } from './follow-run.ts';

export const followOption: Readonly<Record<string, OptionSpec>> = {
  follow: { type: 'boolean', description: 'With --json: print each event as one line, then the run.' },
};

export interface RunView {
  /** Ends with the run. */
  readonly follow: typeof followRun;
  showEnd(context: CliContext, run: RunDocument): void;
}

/** @throws {OattyError} `ARGUMENT_INVALID` for `--follow` without `--json` */
export function readRunView({ flags }: CliContext, input: ParsedInput): RunView {
  if (!isSet(input, 'follow')) return { follow: followRun, showEnd: showRun };
  if (flags.json) return { follow: printEvents, showEnd: printRunLine };
  throw new OattyError('ARGUMENT_INVALID', '--follow prints events as JSON, and needs --json.', {
    suggestedAction: 'Add --json, or leave out --follow: progress is shown anyway.',
  });
}

// --- internal ---

function printRunLine({ io }: CliContext, run: RunDocument): void {
  io.stdout.write(`${JSON.stringify(run)}\n`);
}
