/**
 * What has changed on disk, as the SDK tells it to whoever listens.
 *
 * A listener names the addresses that it wants to hear of, and the SDK compares them letter by letter. So each change is
 * told for every address that shows it: a catalog's with and without its vendor. Later pages are not among them: they
 * change with the first.
 */
import type { ServerEvent } from '@modelcontextprotocol/server';
import type { Changes } from '@oatty/runtime';
import type { Toolbox } from '../../tools/toolbox.ts';

export function toChangeEvents(changes: Changes, tools: Pick<Toolbox, 'isTouched'>): readonly ServerEvent[] {
  const { workflows, vendors } = changes;
  const uris = [
    ...(workflows.length > 0 ? ['oatty://workflow/manifests'] : []),
    ...workflows.map((id) => `oatty://workflow/manifest/${id}`),
    ...toCatalogUris(workflows.length > 0 ? [...vendors, 'workflow'] : vendors),
  ];
  return [
    { kind: 'resources_list_changed' },
    ...(tools.isTouched(changes) ? [{ kind: 'tools_list_changed' as const }] : []),
    ...uris.map((uri) => ({ kind: 'resource_updated' as const, uri })),
  ];
}

// --- internal ---

/** Saved workflows are commands of the vendor `workflow`. */
function toCatalogUris(vendors: readonly string[]): string[] {
  if (vendors.length === 0) return [];
  const queries = ['', ...vendors.map((vendor) => `?vendor=${encodeURIComponent(vendor)}`)];
  return ['oatty://command/catalog', 'oatty://provider/catalog'].flatMap((uri) =>
    queries.map((query) => `${uri}${query}`),
  );
}
