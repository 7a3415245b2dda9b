import * as z from 'zod';
import { importArguments } from './argument-schemas.ts';
import { toImportOptions } from './description-source.ts';
import { defineTool } from './tool.ts';

export const catalogPreviewImport = defineTool({
  kind: 'call',
  name: 'catalog.preview_import',
  description: 'Shows what an import would bring. Writes nothing.',
  safety: 'safe',
  executionType: 'http',
  isIdempotent: true,
  isOpenWorld: true,
  input: z.strictObject({
    ...importArguments,
    include_command_preview: z.boolean().optional().describe('Adds up to 50 commands.'),
  }),
  output: z.object({
    catalog: z.unknown().describe('catalog_id, title, vendor, base_url'),
    projected_command_count: z.int(),
    projected_group_prefixes: z.array(z.string()),
    provider_contract_count: z.int(),
    warnings: z.array(z.string()),
    command_preview: z.array(z.unknown()).optional(),
    changes: z.unknown().optional().describe('added, removed, changed'),
  }),
  run: (args, { oatty, signal }) =>
    oatty.catalogs.previewImport({
      ...toImportOptions(args, signal),
      includeCommandPreview: args.include_command_preview ?? false,
    }),
});
