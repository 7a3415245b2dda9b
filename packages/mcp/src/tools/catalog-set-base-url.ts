import * as z from 'zod';
import { confirmArgument } from './argument-schemas.ts';
import { catalogSelector, toSelectedCatalogId } from './catalog-selector.ts';
import { catalogSettingsOutput } from './catalog-settings.ts';
import { askAboutExposure } from './exposure-consent.ts';
import { defineTool } from './tool.ts';

export const catalogSetBaseUrl = defineTool({
  kind: 'call',
  name: 'catalog.set_base_url',
  description: 'Sets where the requests of a catalog go.',
  safety: 'standard',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({ ...catalogSelector, base_url: z.string(), confirm: confirmArgument }),
  output: catalogSettingsOutput,
  fullOutput: async () => (await import('../outputs/catalog-outputs.ts')).catalogSettings,
  run: (args, context) =>
    context.oatty.catalogs.setBaseUrl(toSelectedCatalogId(args), args.base_url, {
      approve: askAboutExposure(args, context),
    }),
});
