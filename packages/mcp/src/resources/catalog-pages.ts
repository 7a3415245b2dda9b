/** The two catalogs that are read page by page. The address of the next page stands beside its cursor. */
import type { CatalogPageOptions } from '@oatty/runtime';
import type { ResourceContent, TemplateValues } from './resource.ts';

export function toPageOptions({ vendor, cursor }: TemplateValues): CatalogPageOptions {
  return { ...(vendor !== undefined && { vendor }), ...(cursor !== undefined && { cursor }) };
}

export function toPageText(
  page: { readonly items: readonly unknown[]; readonly next_cursor?: string },
  address: string,
  { vendor }: TemplateValues,
): readonly ResourceContent[] {
  const query = new URLSearchParams({
    ...(vendor !== undefined && { vendor }),
    cursor: page.next_cursor ?? '',
  });
  const next = page.next_cursor === undefined ? {} : { next_uri: `${address}?${query.toString()}` };
  return [{ mimeType: 'application/json', text: JSON.stringify({ ...page, ...next }) }];
}
