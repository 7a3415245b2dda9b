import type { CliCommand } from '../cli-command.ts';
import { toTable } from '../output/table.ts';

export const command: CliCommand = {
  path: 'secret list',
  summary: 'List the names of the secrets; values are never shown.',
  async run(context) {
    const { secrets } = await context.oatty();
    const items = await secrets.list();
    context.print({ items }, () =>
      items.length === 0
        ? 'No secrets are set.'
        : toTable(
            ['SECRET', 'CATALOGS'],
            items.map(({ name, catalogs }) => [name, catalogs.join(', ')]),
            {
              width: context.io.stdout.columns ?? 0,
            },
          ),
    );
    return undefined;
  },
};
