import type { Secrets } from '@oatty/runtime';
import type { CliCommand } from '../cli-command.ts';
import { toTable } from '../output/table.ts';
import type { TextStyle } from '../output/text-style.ts';

export const command: CliCommand = {
  path: 'secret list',
  summary: 'List the names of the secrets; values are never shown.',
  async run(context) {
    const { secrets } = await context.oatty();
    context.print({ items: await secrets.list() }, toListText);
    return 0;
  },
};

// --- internal ---

interface SecretListDocument {
  readonly items: Awaited<ReturnType<Secrets['list']>>;
}

function toListText({ items }: SecretListDocument, { width }: TextStyle): string {
  if (items.length === 0) return 'No secrets are set.';
  const rows = items.map(({ name, is_set, catalogs }) => [name, is_set ? 'yes' : 'no', catalogs.join(', ')]);
  return toTable(['SECRET', 'SET', 'CATALOGS'], rows, { width });
}
