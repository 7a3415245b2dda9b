/** The results of the catalog tools, in full. Loaded when somebody reads the schema of one. */
import type {
  CatalogImportDocument,
  CatalogListDocument,
  CatalogRemovalDocument,
  CatalogSettingsDocument,
  CatalogToggleDocument,
  ImportPreviewDocument,
  OpenapiValidationDocument,
} from '@oatty/runtime';
import { effectSchema, violationSchema } from '@oatty/types';
import * as z from 'zod';
import { anObject, optional, problemSchema } from './parts.ts';

const item = {
  catalog_id: z.string(),
  title: z.string(),
  vendor: z.string(),
  kind: z.enum(['openapi', 'mcp', 'module', 'workflow']),
  enabled: z.boolean(),
  base_url: z.string().nullable(),
  command_count: z.int(),
  source: z.string(),
};

export const catalogList: z.ZodType<CatalogListDocument> = z.strictObject({
  items: z.array(z.strictObject(item)),
  problems: z.array(problemSchema).describe('Catalogs that are registered but cannot be read.'),
});

export const catalogSettings: z.ZodType<CatalogSettingsDocument> = z.strictObject({
  ...item,
  description: z.string(),
  base_urls: z.array(z.string()),
  headers: z.record(z.string(), z.string()).describe('Values are masked, references are shown.'),
  auth: anObject.describe('By security scheme, masked.'),
  security_schemes: anObject,
});

export const catalogToggle: z.ZodType<CatalogToggleDocument> = z.strictObject({
  catalog_id: z.string(),
  enabled: z.boolean(),
  command_count_after_toggle: z.int().describe('Of all enabled catalogs.'),
});

export const catalogRemoval: z.ZodType<CatalogRemovalDocument> = z.strictObject({
  removed_catalog_id: z.string(),
  manifest_removed: z.boolean(),
  remaining_catalog_count: z.int(),
});

export const openapiValidation: z.ZodType<OpenapiValidationDocument> = z.strictObject({
  valid: z.boolean(),
  source: z.string(),
  document_kind: z.enum(['openapi_2', 'openapi_3', 'unknown']),
  operation_count: z.int(),
  warnings: z.array(z.string()),
  violations: z.array(violationSchema),
});

const ids = z.array(z.string());
/** Of an import over a catalog that is there. */
const consequences = {
  changes: optional(z.strictObject({ added: ids, removed: ids, changed: ids }).describe('Ids of commands.')),
  broken_workflows: optional(
    z
      .array(
        z.strictObject({ workflow_id: z.string(), violation: violationSchema, violation_count: z.int() }),
      )
      .describe('Saved workflows that are valid no more.'),
  ),
};

export const importPreview: z.ZodType<ImportPreviewDocument> = z.strictObject({
  catalog: z.strictObject({
    catalog_id: z.string(),
    title: z.string(),
    vendor: z.string(),
    base_url: z.string().nullable(),
  }),
  projected_command_count: z.int(),
  projected_group_prefixes: z.array(z.string()).describe('First words of the command names.'),
  provider_contract_count: z.int(),
  warnings: z.array(z.string()),
  command_preview: optional(
    z
      .array(z.strictObject({ id: z.string(), summary: z.string(), effect: effectSchema }))
      .describe('At most 50.'),
  ),
  ...consequences,
});

export const catalogImport: z.ZodType<CatalogImportDocument> = z.strictObject({
  kind: z.literal('catalog'),
  source: z.string(),
  source_type: z.enum(['path', 'url']),
  catalog_id: z.string(),
  catalog_path: z.string().describe('registry.json'),
  manifest_path: z.string().describe('The generated file.'),
  vendor: z.string(),
  command_count: z.int(),
  provider_contract_count: z.int(),
  enabled: z.boolean(),
  base_urls: z.array(z.string()),
  warnings: z.array(z.string()),
  ...consequences,
});
