import { toPageOptions, toPageText } from './catalog-pages.ts';
import type { ResourceTemplate } from './resource.ts';
import { completeVendor, listByVendor } from './vendors.ts';

const address = 'oatty://command/catalog';

export const commandCatalog: ResourceTemplate = {
  uriTemplate: `${address}{?vendor,cursor}`,
  name: 'command.catalog',
  title: 'Commands',
  description: 'Commands with their parameters in brief, by id, a page at a time; next_uri is the next page.',
  mimeType: 'application/json',
  async read(values, oatty) {
    return toPageText(await oatty.commands.catalog(toPageOptions(values)), address, values);
  },
  complete: { vendor: completeVendor },
  list: (oatty) => listByVendor(commandCatalog, oatty),
};
