import type { CatalogListDocument } from '@oatty/runtime';
import type { CliCommand } from '../cli-command.ts';
import { toTable } from '../output/table.ts';

export const command: CliCommand = {
  path: 'catalog list',
  summary: 'List the catalogs.',
  async run(context) {
    const { catalogs } = await context.oatty();
    const document = await catalogs.list();
    context.print(document, ({ items }) => toListText(items, context.io.stdout.columns ?? 0));
    if (!context.flags.json) {
      for (const { path, message } of document.problems) context.note(`warning: ${path}: ${message}`);
    }
    return undefined;
  },
};

// --- internal ---

function toListText(items: CatalogListDocument['items'], width: number): string {
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
