/** The vendors of enabled catalogs: pages of the catalogs are filtered by them. */
import type { Oatty } from '@oatty/runtime';
import type { Completion, ListedResource, ResourceTemplate } from './resource.ts';

/** Sorted. */
export async function listVendors(oatty: Oatty): Promise<readonly string[]> {
  const { items } = await oatty.catalogs.list();
  return [...new Set(items.filter(({ enabled }) => enabled).map(({ vendor }) => vendor))].sort();
}

export const completeVendor: Completion = async (prefix, oatty) =>
  (await listVendors(oatty)).filter((vendor) => vendor.startsWith(prefix));

/** The whole catalog, and one for each vendor. */
export async function listByVendor(
  { uriTemplate, name, title, description, mimeType }: ResourceTemplate,
  oatty: Oatty,
): Promise<readonly ListedResource[]> {
  const uri = uriTemplate.slice(0, uriTemplate.indexOf('{'));
  const common = { description, ...(mimeType !== undefined && { mimeType }) };
  const vendors = await listVendors(oatty);
  return [
    { uri, name, title, ...common },
    ...vendors.map((vendor) => ({
      uri: `${uri}?vendor=${encodeURIComponent(vendor)}`,
      name: `${name}:${vendor}`,
      title: `${title} of ${vendor}`,
      ...common,
    })),
  ];
}
