import { requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { toTable } from '../output/table.ts';
import { toSettingsText } from './catalog-settings-text.ts';

export const command: CliCommand = {
  path: 'catalog show',
  summary: 'Show a catalog: its settings and its commands.',
  positionals: [{ name: 'ID', required: true, description: 'Id of the catalog.' }],
  async run(context, input) {
    const { catalogs } = await context.oatty();
    const document = await catalogs.show(requiredPositional(input, 0));
    context.print(document, (catalog) => {
      const rows = catalog.commands.map(({ id, effect, summary }) => [id, effect, summary]);
      const table = toTable(['COMMAND', 'EFFECT', 'SUMMARY'], rows, {
        width: context.io.stdout.columns ?? 0,
      });
      return `${toSettingsText(catalog)}\n\n${table}`;
    });
    return undefined;
  },
};
