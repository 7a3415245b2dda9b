import { toPageOptions, toPageText } from './catalog-pages.ts';
import type { ResourceTemplate } from './resource.ts';
import { completeVendor, listByVendor } from './vendors.ts';

const address = 'oatty://provider/catalog';

export const providerCatalog: ResourceTemplate = {
  uriTemplate: `${address}{?vendor,cursor}`,
  name: 'provider.catalog',
  title: 'Providers',
  description:
    'Commands that offer values for inputs: what they need, and the fields for select; next_uri is the next page.',
  mimeType: 'application/json',
  async read(values, oatty) {
    return toPageText(await oatty.commands.providers(toPageOptions(values)), address, values);
  },
  complete: { vendor: completeVendor },
  list: (oatty) => listByVendor(providerCatalog, oatty),
};
