/** Checks catalog files and registry entries at the edge and documents them as JSON Schema. */
import * as z from 'zod';
import type { CatalogCredential, CatalogEntry, CatalogManifest, SecurityScheme } from './catalog.ts';
import { commandSchema, jsonSchemaSchema, providerContractSchema } from './command-schema.ts';

const optional = z.exactOptional;

const kindSchema = z
  .enum(['openapi', 'mcp', 'module', 'workflow'])
  .describe('What stands behind the commands.');

const securitySchemeSchema: z.ZodType<SecurityScheme> = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('api_key'),
      in: z.enum(['header', 'query', 'cookie']),
      name: z.string(),
    }),
    z.strictObject({ kind: z.literal('basic') }),
    z.strictObject({ kind: z.literal('bearer') }),
    z.strictObject({
      kind: z.literal('oauth2_client_credentials'),
      token_url: z.string(),
      scopes: z.array(z.string()),
    }),
    z.strictObject({ kind: z.literal('token'), note: z.string() }),
  ])
  .describe('How callers prove who they are.');

export const catalogManifestSchema: z.ZodType<CatalogManifest> = z
  .strictObject({
    format_version: z.literal(1),
    id: z.string(),
    title: z.string(),
    vendor: z.string(),
    description: z.string(),
    kind: kindSchema,
    document: z.string().describe('Kind and version of the description: "openapi 3.1.0".'),
    document_version: optional(z.string().describe('The version that the description gives itself.')),
    base_urls: z.array(z.string()),
    security_schemes: z.record(z.string(), securitySchemeSchema),
    commands: z.array(commandSchema).describe('Sorted by id.'),
    providers: z.array(providerContractSchema).describe('Sorted by command.'),
    schemas: z.record(z.string(), jsonSchemaSchema).describe('Schemas by name, shared by reference.'),
  })
  .describe('A catalog file: generated from a description, never edited.');

const credentialSchema: z.ZodType<CatalogCredential> = z
  .union([
    z.strictObject({ value: z.string() }),
    z.strictObject({ username: z.string(), password: z.string() }),
    z.strictObject({ client_id: z.string(), client_secret: z.string() }),
  ])
  .describe('Texts with references ${env:NAME} and ${secret:NAME}.');

export const catalogEntrySchema: z.ZodType<CatalogEntry> = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    vendor: z.string(),
    description: z.string(),
    kind: kindSchema,
    source: z.string(),
    source_type: z.enum(['path', 'url']),
    manifest: z.string().describe('File name below the catalogs directory.'),
    base_urls: z.array(z.string()),
    base_url: z.string().nullable().describe('The one that is used.'),
    public_only: optional(z.literal(true).describe('Requests go to public addresses only.')),
    headers: z.record(z.string(), z.string()).describe('Sent with every request.'),
    auth: z.record(z.string(), credentialSchema).describe('Credentials by security scheme.'),
    secrets: z.array(z.string()).describe('Names that manifests may use with this catalog.'),
    idempotency: z
      .strictObject({ header: z.string().nullable(), honoured: z.boolean() })
      .describe('The header for idempotency keys (null: none), and whether the API honours it.'),
    enabled: z.boolean(),
    manifest_sha256: z.string(),
    document_version: optional(z.string()),
    command_count: z.int(),
    provider_contract_count: z.int(),
  })
  .describe('What the user set for a catalog.');
