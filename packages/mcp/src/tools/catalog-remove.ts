import * as z from 'zod';
import { confirmArgument } from './argument-schemas.ts';
import { catalogSelector, toSelectedCatalogId } from './catalog-selector.ts';
import { requireConfirmation } from './person.ts';
import { defineTool } from './tool.ts';

export const catalogRemove = defineTool({
  kind: 'call',
  name: 'catalog.remove',
  description: 'Removes a catalog with its settings. The person confirms it.',
  safety: 'destructive',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({
    ...catalogSelector,
    remove_manifest: z.boolean().default(false).describe('Also the generated file.'),
    confirm: confirmArgument,
  }),
  output: {
    removed_catalog_id: 'string',
    manifest_removed: 'boolean',
    remaining_catalog_count: 'integer',
  },
  fullOutput: async () => (await import('../outputs/catalog-outputs.ts')).catalogRemoval,
  async run(args, { oatty, person }) {
    const catalog_id = toSelectedCatalogId(args);
    const { items } = await oatty.catalogs.list(); // one whose file is broken, too
    const catalog = items.find((item) => item.catalog_id === catalog_id);
    if (catalog) {
      const message = `Remove the catalog "${catalog.title}" (${catalog.command_count} commands) with its headers and credentials?`;
      await requireConfirmation({ message, confirm: args.confirm, context: { catalog_id } }, person);
    }
    return oatty.catalogs.remove(catalog_id, { removeManifest: args.remove_manifest });
  },
});
