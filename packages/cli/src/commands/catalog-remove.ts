import { isSet, requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { confirm } from '../input/ask.ts';
import { toCount } from '../output/count-text.ts';

export const command: CliCommand = {
  path: 'catalog remove',
  summary: 'Remove a catalog and its settings.',
  positionals: [{ name: 'ID', required: true, description: 'Id of the catalog.' }],
  options: { 'remove-manifest': { type: 'boolean', description: 'Delete its generated file too.' } },
  async run(context, input) {
    const id = requiredPositional(input, 0);
    const { catalogs } = await context.oatty();
    const { title, command_count } = await catalogs.show(id);
    await confirm(
      context,
      `Remove catalog ${id} (${title}, ${toCount(command_count, 'command')}) and its settings?`,
    );
    const document = await catalogs.remove(id, { removeManifest: isSet(input, 'remove-manifest') });
    context.print(document, ({ removed_catalog_id }) => `Removed catalog ${removed_catalog_id}`);
    return 0;
  },
};
