import { parsePair } from '../arguments/option-values.ts';
import { listOption, requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { toSettingsText } from '../output/catalog-settings-text.ts';

export const command: CliCommand = {
  path: 'catalog headers',
  summary: 'Show or change the headers that go with every request of a catalog.',
  positionals: [{ name: 'ID', required: true, description: 'Id of the catalog.' }],
  options: {
    set: {
      type: 'string',
      value: 'NAME=VALUE',
      multiple: true,
      description: 'Set a header; the value may refer to ${env:NAME} or ${secret:NAME}.',
    },
    unset: { type: 'string', value: 'NAME', multiple: true, description: 'Forget a header.' },
  },
  examples: ["oatty catalog headers shop-api --set 'Authorization=Bearer ${env:SHOP_TOKEN}'"],
  async run(context, input) {
    const set = Object.fromEntries(listOption(input, 'set').map((text) => parsePair('set', text)));
    const { catalogs } = await context.oatty();
    const document = await catalogs.editHeaders(requiredPositional(input, 0), {
      set,
      unset: listOption(input, 'unset'),
    });
    context.print(document, toSettingsText);
    return 0;
  },
};
