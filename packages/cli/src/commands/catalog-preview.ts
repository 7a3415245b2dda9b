import type { ImportPreviewDocument } from '@oatty/runtime';
import { isSet, requiredPositional, textOption } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { toConsequenceLines } from '../output/changes-text.ts';
import { toCount } from '../output/count-text.ts';
import { toPrintable } from '../output/printable.ts';
import { showWarnings } from '../output/show-warnings.ts';
import { toTable } from '../output/table.ts';
import type { TextStyle } from '../output/text-style.ts';

export const command: CliCommand = {
  path: 'catalog preview',
  summary: 'Show what an import would bring, and write nothing.',
  positionals: [{ name: 'SOURCE', required: true, description: 'Path or URL of the description.' }],
  options: {
    'catalog-title': { type: 'string', value: 'TITLE', description: 'Title of the catalog.' },
    vendor: { type: 'string', value: 'NAME', description: 'First word of the command ids.' },
    'base-url': { type: 'string', value: 'URL', description: 'Where requests would go.' },
    'allow-private': { type: 'boolean', description: 'Allow private and loopback addresses.' },
  },
  async run(context, input) {
    const [catalogTitle, vendor, baseUrl] = ['catalog-title', 'vendor', 'base-url'].map((name) =>
      textOption(input, name),
    );
    const { catalogs } = await context.oatty();
    const document = await catalogs.previewImport({
      source: requiredPositional(input, 0),
      ...(catalogTitle !== undefined && { catalogTitle }),
      ...(vendor !== undefined && { vendor }),
      ...(baseUrl !== undefined && { baseUrl }),
      allowPrivate: isSet(input, 'allow-private'),
      includeCommandPreview: true,
      signal: context.signal,
    });
    context.print(document, toPreviewText);
    showWarnings(context, document.warnings);
    return 0;
  },
};

// --- internal ---

function toPreviewText(preview: ImportPreviewDocument, { width }: TextStyle): string {
  const { catalog, projected_command_count, provider_contract_count, command_preview = [] } = preview;
  const rows = command_preview.map(({ id, effect, summary }) => [id, effect, summary]);
  const left = projected_command_count - rows.length;
  return [
    `${toPrintable(catalog.title)} (${catalog.catalog_id}): ${toCount(projected_command_count, 'command')}, ${toCount(provider_contract_count, 'provider')}`,
    `  vendor    ${catalog.vendor}`,
    `  base URL  ${catalog.base_url ?? '(none)'}`,
    ...toConsequenceLines(preview),
    '',
    toTable(['COMMAND', 'EFFECT', 'SUMMARY'], rows, { width }),
    ...(left > 0 ? [`… and ${left} more`] : []),
  ].join('\n');
}
