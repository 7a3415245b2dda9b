import type { SearchDocument } from '@oatty/runtime';
import { parseCount } from '../arguments/option-values.ts';
import { textOption } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { toTable } from '../output/table.ts';
import type { TextStyle } from '../output/text-style.ts';

export const command: CliCommand = {
  path: 'search',
  summary: 'Find commands by words.',
  positionals: [
    { name: 'QUERY', required: true, variadic: true, description: 'What the command should do.' },
  ],
  options: {
    vendor: { type: 'string', value: 'NAME', description: 'Only commands of this vendor.' },
    limit: { type: 'string', value: 'N', description: 'How many at the most; default 20.' },
  },
  examples: ['oatty search create an order', 'oatty search "list invoices" --vendor stripe --limit 5'],
  async run(context, input) {
    const vendor = textOption(input, 'vendor');
    const limit = parseCount('limit', textOption(input, 'limit') ?? '20');
    const { commands } = await context.oatty();
    const document = await commands.search(input.positionals.join(' '), {
      limit,
      ...(vendor !== undefined && { vendor }),
    });
    context.print(document, toSearchText);
    return 0;
  },
};

// --- internal ---

function toSearchText({ items, total }: SearchDocument, { width }: TextStyle): string {
  if (items.length === 0) return 'No command matches. Try fewer or other words, or import a catalog.';
  const rows = items.map(({ id, effect, summary }) => [id, effect, summary]);
  const more =
    total > items.length ? `\n${total - items.length} more: narrow the words, or raise --limit.` : '';
  return toTable(['COMMAND', 'EFFECT', 'SUMMARY'], rows, { width }) + more;
}
