/**
 * zod schemas of either generation, as JSON Schema.
 *
 * `zod-to-json-schema` gives an empty schema for zod 4 without a word, and zod 4's own converter does not know
 * zod 3: the marker `_zod` tells them apart.
 */
import { OattyError, toSchemaRef } from '@oatty/types';
import type { JsonSchema, SchemaTable } from '@oatty/types';
import * as z from 'zod';
import { zodToJsonSchema } from 'zod-to-json-schema';

/** What oatty uses of a zod schema, of either generation. */
export interface Schema<Output = unknown> {
  readonly _output: Output;
  safeParseAsync(value: unknown): Promise<ParseResult>;
}

type ParseResult =
  | { readonly success: true; readonly data?: unknown }
  | { readonly success: false; readonly error?: { readonly issues: readonly ParseIssue[] } };

export interface ParseIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

export type ObjectSchema = Schema<object>;

export type SchemaOutput<Of extends Schema> = Of['_output'];

export interface ModuleSchema {
  readonly schema: JsonSchema;
  /** What the schema refers to, under names of its own. */
  readonly schemas: SchemaTable;
}

/** @param name - unique within the catalog; names of shared parts begin with it */
export function toModuleSchema(schema: Schema, side: 'input' | 'output', name: string): ModuleSchema {
  const converted = isZod4(schema) ? fromZod4(schema, side) : fromZod3(schema);
  const { $schema: _, $defs, ...root } = converted;
  const parts = ($defs ?? {}) as SchemaTable; // zod writes named parts there
  const rename = (part: string) => `${name} ${part}`;
  const schemas = Object.fromEntries(
    Object.entries(parts).map(([part, value]) => [rename(part), redirect(value, rename) as JsonSchema]),
  );
  const rootName = rename('root');
  const result = redirect(root, rename) as JsonSchema; // the same shape, other references
  return refersTo(result, toSchemaRef(rootName)) ||
    Object.values(schemas).some((part) => refersTo(part, toSchemaRef(rootName)))
    ? { schema: result, schemas: { ...schemas, [rootName]: result } }
    : { schema: result, schemas };
}

// --- internal ---

function isZod4(schema: Schema): schema is Schema & z.ZodType {
  return '_zod' in schema;
}

function fromZod4(schema: z.ZodType, side: 'input' | 'output'): JsonSchema {
  return z.toJSONSchema(schema, { target: 'draft-2020-12', io: side, unrepresentable: 'any' }) as JsonSchema; // plain data
}

function fromZod3(schema: Schema): JsonSchema {
  if (!('_def' in schema)) {
    throw new OattyError('ARGUMENT_INVALID', 'A schema of a module is not a zod schema.', {
      suggestedAction: 'Use schemas of zod 3 or zod 4.',
    });
  }
  type Zod3Schema = Parameters<typeof zodToJsonSchema>[0];
  // Inlined: a part that refers to itself becomes "anything", which is the most that can be checked of it here.
  const options = { target: 'jsonSchema2019-09', $refStrategy: 'none' } as const;
  return zodToJsonSchema(schema as unknown as Zod3Schema, options) as JsonSchema; // `_def` marks zod 3
}

/** `#/$defs/Node` → `#/schemas/<name> Node`; `#` → the root under a name. */
function redirect(value: unknown, rename: (part: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => redirect(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === '$ref' && typeof item === 'string' ? redirectRef(item, rename) : redirect(item, rename),
    ]),
  );
}

function redirectRef(ref: string, rename: (part: string) => string): string {
  if (ref === '#') return toSchemaRef(rename('root'));
  return ref.startsWith('#/$defs/') ? toSchemaRef(rename(ref.slice('#/$defs/'.length))) : ref;
}

function refersTo(value: unknown, ref: string): boolean {
  if (Array.isArray(value)) return value.some((item) => refersTo(item, ref));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, item]) => (key === '$ref' ? item === ref : refersTo(item, ref)));
}
