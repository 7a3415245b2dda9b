import { requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { toSettingsText } from '../output/catalog-settings-text.ts';

export const command: CliCommand = {
  path: 'catalog base-url',
  summary: 'Set where the requests of a catalog go.',
  positionals: [
    { name: 'ID', required: true, description: 'Id of the catalog.' },
    { name: 'URL', required: true, description: 'http or https address that paths are appended to.' },
  ],
  async run(context, input) {
    const { catalogs } = await context.oatty();
    const document = await catalogs.setBaseUrl(requiredPositional(input, 0), requiredPositional(input, 1));
    context.print(document, toSettingsText);
    return 0;
  },
};
