import { requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';

export const enableCommand: CliCommand = toggleCommand('enable', 'Offer the commands of a catalog.', true);
export const disableCommand: CliCommand = toggleCommand(
  'disable',
  'Keep a catalog without offering its commands.',
  false,
);

// --- internal ---

function toggleCommand(word: string, summary: string, enabled: boolean): CliCommand {
  return {
    path: `catalog ${word}`,
    summary,
    positionals: [{ name: 'ID', required: true, description: 'Id of the catalog.' }],
    async run(context, input) {
      const { catalogs } = await context.oatty();
      const document = await catalogs.setEnabled(requiredPositional(input, 0), enabled);
      context.print(
        document,
        ({ catalog_id }) => `Catalog ${catalog_id} is ${enabled ? 'enabled' : 'disabled'}`,
      );
      return 0;
    },
  };
}
