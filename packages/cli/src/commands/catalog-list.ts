import type { CatalogListDocument } from '@oatty/runtime';
import type { CliCommand } from '../cli-command.ts';
import { showWarnings } from '../output/show-warnings.ts';
import { toTable } from '../output/table.ts';
import type { TextStyle } from '../output/text-style.ts';

export const command: CliCommand = {
  path: 'catalog list',
  summary: 'List the catalogs.',
  async run(context) {
    const { catalogs } = await context.oatty();
    const document = await catalogs.list();
    context.print(document, toListText);
    showWarnings(context, document.problems);
    return 0;
  },
};

// --- internal ---

function toListText({ items }: CatalogListDocument, { width }: TextStyle): string {
  if (items.length === 0) return 'No catalogs yet. Import one with: oatty import SOURCE';
  const rows = items.map(({ catalog_id, vendor, command_count, enabled, base_url }) => [
    catalog_id,
    vendor,
    `${command_count}`,
    enabled ? 'yes' : 'no',
    base_url ?? '(none)',
  ]);
  return toTable(['CATALOG', 'VENDOR', 'COMMANDS', 'ENABLED', 'BASE URL'], rows, { width });
}
