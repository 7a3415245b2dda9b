import type { CatalogDocument } from '@oatty/runtime';
import { requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { toSettingsText } from '../output/catalog-settings-text.ts';
import { toTable } from '../output/table.ts';
import type { TextStyle } from '../output/text-style.ts';

export const command: CliCommand = {
  path: 'catalog show',
  summary: 'Show a catalog: its settings and its commands.',
  positionals: [{ name: 'ID', required: true, description: 'Id of the catalog.' }],
  async run(context, input) {
    const { catalogs } = await context.oatty();
    context.print(await catalogs.show(requiredPositional(input, 0)), toCatalogText);
    return 0;
  },
};

// --- internal ---

function toCatalogText(catalog: CatalogDocument, { width }: TextStyle): string {
  const rows = catalog.commands.map(({ id, effect, summary }) => [id, effect, summary]);
  return `${toSettingsText(catalog)}\n\n${toTable(['COMMAND', 'EFFECT', 'SUMMARY'], rows, { width })}`;
}
