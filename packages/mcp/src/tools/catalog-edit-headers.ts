import * as z from 'zod';
import { confirmArgument } from './argument-schemas.ts';
import { catalogSelector, toSelectedCatalogId } from './catalog-selector.ts';
import { catalogSettingsOutput } from './catalog-settings.ts';
import { askAboutExposure } from './exposure-consent.ts';
import { defineTool } from './tool.ts';

export const catalogEditHeaders = defineTool({
  kind: 'call',
  name: 'catalog.edit_headers',
  description:
    'Sets or removes headers of the requests of a catalog. Secrets: ${secret:NAME} or ${env:NAME}; answers mask values.',
  safety: 'standard',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({
    ...catalogSelector,
    set: z.record(z.string(), z.string()).optional().describe('Values by name.'),
    unset: z.array(z.string()).optional(),
    confirm: confirmArgument,
  }),
  output: catalogSettingsOutput,
  fullOutput: async () => (await import('../outputs/catalog-outputs.ts')).catalogSettings,
  run: (args, context) =>
    context.oatty.catalogs.editHeaders(
      toSelectedCatalogId(args),
      { ...(args.set && { set: args.set }), ...(args.unset && { unset: args.unset }) },
      { approve: askAboutExposure(args, context) },
    ),
});
