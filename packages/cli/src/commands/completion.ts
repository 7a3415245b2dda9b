import { OattyError } from '@oatty/types';
import type { CliCommand } from '../cli-command.ts';
import { requiredPositional } from '../cli-command.ts';
import { completionScripts } from '../completion/scripts.ts';

export const command: CliCommand = {
  path: 'completion',
  summary: 'Print what makes a shell complete oatty at Tab.',
  positionals: [{ name: 'bash|zsh|fish', required: true, description: 'The shell.' }],
  notes: ['Commands, options, their values, and the ids of workflows, catalogs, imported commands and runs.'],
  examples: [
    'source <(oatty completion bash)',
    'source <(oatty completion zsh)',
    'oatty completion fish > ~/.config/fish/completions/oatty.fish',
  ],
  async run(context, input) {
    const shell = requiredPositional(input, 0);
    const script = new Map<string, string>(Object.entries(completionScripts)).get(shell);
    if (script === undefined) throw unknownShell(shell);
    context.print({ shell, script }, () => script);
    return 0;
  },
};

// --- internal ---

function unknownShell(shell: string): OattyError {
  return new OattyError('ARGUMENT_INVALID', `There is no completion for "${shell}".`, {
    suggestedAction: `Use one of ${Object.keys(completionScripts).join(', ')}.`,
    context: { shell },
  });
}
