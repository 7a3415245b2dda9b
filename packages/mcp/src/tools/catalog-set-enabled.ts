import * as z from 'zod';
import { catalogSelector, toSelectedCatalogId } from './catalog-selector.ts';
import { defineTool } from './tool.ts';

export const catalogSetEnabled = defineTool({
  kind: 'call',
  name: 'catalog.set_enabled',
  description: 'Offers the commands of a catalog or not. Deletes nothing.',
  safety: 'standard',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({ ...catalogSelector, enabled: z.boolean() }),
  output: { catalog_id: 'string', enabled: 'boolean', command_count_after_toggle: 'integer' },
  fullOutput: async () => (await import('../outputs/catalog-outputs.ts')).catalogToggle,
  run: (args, { oatty }) => oatty.catalogs.setEnabled(toSelectedCatalogId(args), args.enabled),
});
