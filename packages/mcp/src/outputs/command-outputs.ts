/** The results of the command tools, in full. Loaded when somebody reads the schema of one. */
import type {
  CommandCatalogDocument,
  CommandDocument,
  ProviderCatalogDocument,
  SearchDocument,
} from '@oatty/runtime';
import { commandResultSchema, commandSchema, effectSchema } from '@oatty/types';
import * as z from 'zod';
import { anObject, optional } from './parts.ts';

export const commandResult = commandResultSchema;

const head = {
  id: z.string().describe('"<vendor> <name>"'),
  summary: z.string(),
  effect: effectSchema,
  method: optional(z.string()),
  path: optional(z.string()),
  catalog_id: z.string(),
};

export const commandSearch: z.ZodType<SearchDocument> = z.strictObject({
  items: z.array(z.strictObject({ ...head, score: z.number().describe('Comparable within one search.') })),
  total: z.int(),
});

export const commandDocument: z.ZodType<CommandDocument> = z.strictObject({
  command: commandSchema,
  catalog_id: z.string(),
  enabled: z.boolean(),
  schemas: z.record(z.string(), anObject).describe('What "#/schemas/<name>" refers to.'),
});

const briefSchema = anObject.describe('Type and values; the whole schema is in the command.');

export const commandCatalog: z.ZodType<CommandCatalogDocument> = z.strictObject({
  items: z.array(
    z.strictObject({
      ...head,
      deprecated: optional(z.literal(true)),
      parameters: z.array(
        z.strictObject({
          name: z.string(),
          in: z.enum(['path', 'query', 'header', 'cookie', 'body']),
          required: z.boolean(),
          schema: briefSchema,
          provider: optional(z.string().describe('The command that lists its values.')),
        }),
      ),
      body: optional(z.strictObject({ media_type: z.string(), required: z.boolean(), schema: briefSchema })),
    }),
  ),
  next_cursor: optional(z.string()),
});

export const providerCatalog: z.ZodType<ProviderCatalogDocument> = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string().describe('What "provider" of an input names.'),
      summary: z.string(),
      arguments: z.array(z.strictObject({ name: z.string(), required: z.boolean() })),
      required_arguments: z.array(z.string()),
      list_path: optional(z.string()),
      select: z.strictObject({
        value_field: optional(z.string()),
        display_field: optional(z.string()),
      }),
      fields: z.array(
        z.strictObject({
          name: z.string(),
          type: optional(z.string()),
          tags: optional(z.array(z.enum(['id', 'display']))),
        }),
      ),
    }),
  ),
  next_cursor: optional(z.string()),
});
