/** The JSON Schemas (2020-12) of everything that oatty reads or shows, made from the zod schemas. */
import * as z from 'zod';
import { catalogEntrySchema, catalogManifestSchema } from './catalog-schema.ts';
import { commandSchema, providerContractSchema } from './command-schema.ts';
import type { JsonSchema } from './json.ts';
import { errorDataSchema, runDocumentSchema, runEventSchema } from './run-schema.ts';
import { workflowSchema } from './workflow.ts';

const documents = {
  workflow: workflowSchema,
  command: commandSchema,
  catalog: catalogManifestSchema,
  catalog_entry: catalogEntrySchema,
  provider_contract: providerContractSchema,
  run: runDocumentSchema,
  run_event: runEventSchema,
  error: errorDataSchema,
} as const satisfies Record<string, z.ZodType>;

export type DocumentName = keyof typeof documents;

export const documentNames: readonly DocumentName[] = Object.keys(documents) as DocumentName[]; // keys of the literal above

/** The schema of one kind of document, with a description on every field that needs one. */
export function toDocumentSchema(name: DocumentName): JsonSchema {
  // What callers write is the input side: fields with a default may be left out.
  const schema = z.toJSONSchema(documents[name], {
    target: 'draft-2020-12',
    io: 'input',
    unrepresentable: 'any',
  });
  return schema as JsonSchema; // zod types defaults as unknown; they are JSON here
}
