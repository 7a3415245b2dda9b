import { OattyError } from '@oatty/types';
import type { SearchDocument } from '@oatty/runtime';
import { textOption } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { toTable } from '../output/table.ts';

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
    const { commands } = await context.oatty();
    const document = await commands.search(input.positionals.join(' '), {
      limit: parseCount('limit', textOption(input, 'limit')) ?? 20,
      ...(vendor !== undefined && { vendor }),
    });
    context.print(document, (found) => toSearchText(found, context.io.stdout.columns ?? 0));
    return undefined;
  },
};

/** A whole number from 1. @throws {OattyError} `ARGUMENT_INVALID` */
export function parseCount(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new OattyError('ARGUMENT_INVALID', `--${option} takes a whole number from 1, not "${text}".`, {
    context: { option },
  });
}

// --- internal ---

function toSearchText({ items, total }: SearchDocument, width: number): string {
  if (items.length === 0) return 'No command matches. Try fewer or other words, or import a catalog.';
  const rows = items.map(({ id, effect, summary }) => [id, effect, summary]);
  const more =
    total > items.length ? `\n${total - items.length} more: narrow the words, or raise --limit.` : '';
  return toTable(['COMMAND', 'EFFECT', 'SUMMARY'], rows, { width }) + more;
}
