import * as z from 'zod';
import { importArguments } from './argument-schemas.ts';
import { toImportOptions } from './description-source.ts';
import { defineTool } from './tool.ts';

export const catalogImportOpenapi = defineTool({
  kind: 'call',
  name: 'catalog.import_openapi',
  description: 'Imports an OpenAPI document: its operations become commands. Validate and preview first.',
  safety: 'standard',
  executionType: 'http',
  isIdempotent: true,
  isOpenWorld: true,
  input: z.strictObject({
    ...importArguments,
    overwrite: z.boolean().optional().describe('Replaces a catalog of the same title.'),
    enabled: z.boolean().optional().describe('Default true.'),
  }),
  output: z.object({
    kind: z.string(),
    source: z.string(),
    source_type: z.string(),
    catalog_id: z.string(),
    catalog_path: z.string(),
    manifest_path: z.string(),
    vendor: z.string(),
    command_count: z.int(),
    provider_contract_count: z.int(),
    enabled: z.boolean(),
    base_urls: z.array(z.string()),
    warnings: z.array(z.string()),
    changes: z.unknown().optional().describe('added, removed, changed'),
  }),
  run: (args, { oatty, signal }) =>
    oatty.catalogs.importOpenapi({
      ...toImportOptions(args, signal),
      ...(args.overwrite !== undefined && { overwrite: args.overwrite }),
      ...(args.enabled !== undefined && { enabled: args.enabled }),
    }),
});
