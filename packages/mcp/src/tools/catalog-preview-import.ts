import * as z from 'zod';
import { importArguments } from './argument-schemas.ts';
import { toImportOptions } from './description-source.ts';
import { requirePrivateAllowance } from './exposure-consent.ts';
import { defineTool } from './tool.ts';

export const catalogPreviewImport = defineTool({
  kind: 'call',
  name: 'catalog.preview_import',
  description: 'Shows what an import would bring, change and break. Writes nothing.',
  safety: 'safe',
  executionType: 'http',
  isIdempotent: true,
  isOpenWorld: true,
  input: z.strictObject({
    ...importArguments,
    include_command_preview: z.boolean().default(false),
  }),
  output: {
    catalog: 'object',
    projected_command_count: 'integer',
    projected_group_prefixes: 'array',
    provider_contract_count: 'integer',
    warnings: 'array',
    command_preview: 'array',
    changes: 'object',
    broken_workflows: 'array',
  },
  fullOutput: async () => (await import('../outputs/catalog-outputs.ts')).importPreview,
  async run(args, context) {
    requirePrivateAllowance(args, context);
    return context.oatty.catalogs.previewImport({
      ...toImportOptions(args, context.signal),
      includeCommandPreview: args.include_command_preview,
    });
  },
});
