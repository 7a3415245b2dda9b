import * as z from 'zod';
import { confirmArgument, importArguments } from './argument-schemas.ts';
import { toImportOptions } from './description-source.ts';
import { askAboutExposure, requirePrivateAllowance } from './exposure-consent.ts';
import { defineTool } from './tool.ts';

export const catalogImportOpenapi = defineTool({
  kind: 'call',
  name: 'catalog.import_openapi',
  description:
    'Imports an OpenAPI document as commands. First: catalog.validate_openapi, catalog.preview_import.',
  safety: 'standard',
  executionType: 'http',
  isIdempotent: true,
  isOpenWorld: true,
  input: z.strictObject({
    ...importArguments,
    overwrite: z.boolean().optional(),
    enabled: z.boolean().optional(),
    confirm: confirmArgument,
  }),
  output: {
    kind: 'string',
    source: 'string',
    source_type: 'string',
    catalog_id: 'string',
    catalog_path: 'string',
    manifest_path: 'string',
    vendor: 'string',
    command_count: 'integer',
    provider_contract_count: 'integer',
    enabled: 'boolean',
    base_urls: 'array',
    warnings: 'array',
    changes: 'object',
    broken_workflows: 'array',
  },
  fullOutput: async () => (await import('../outputs/catalog-outputs.ts')).catalogImport,
  async run(args, context) {
    requirePrivateAllowance(args, context);
    return context.oatty.catalogs.importOpenapi({
      ...toImportOptions(args, context.signal),
      ...(args.overwrite !== undefined && { overwrite: args.overwrite }),
      ...(args.enabled !== undefined && { enabled: args.enabled }),
      approve: askAboutExposure(args, context),
    });
  },
});
