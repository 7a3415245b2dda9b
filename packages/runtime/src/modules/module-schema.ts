/**
 * zod schemas of either generation, as JSON Schema.
 *
 * `zod-to-json-schema` gives an empty schema for zod 4 without a word, and zod 4's own converter does not know
 * zod 3: the marker `_zod` tells them apart.
 */
import { OattyError, toSchemaRef } from '@oatty/types';
import type { JsonSchema, Schema, SchemaTable } from '@oatty/types';
import * as z from 'zod';
import { zodToJsonSchema } from 'zod-to-json-schema';

export interface ModuleSchema {
  readonly schema: JsonSchema;
  /** What the schema refers to, under names of its own. */
  readonly schemas: SchemaTable;
}

/** @param name - unique within the catalog; names of shared parts begin with it */
export function toModuleSchema(schema: Schema, side: 'input' | 'output', name: string): ModuleSchema {
  const document = isZod4(schema) ? fromZod4(schema, side) : fromZod3(schema);
  const parts = new Parts(document, name);
  return { schema: parts.redirect(rootOf(document)), schemas: parts.schemas };
}

// --- internal ---

function isZod4(schema: Schema): schema is Schema & z.ZodType {
  return '_zod' in schema;
}

function fromZod4(schema: z.ZodType, side: 'input' | 'output'): JsonSchema {
  return z.toJSONSchema(schema, { target: 'draft-2020-12', io: side, unrepresentable: 'any' }) as JsonSchema; // plain data
}

type Zod3Schema = Parameters<typeof zodToJsonSchema>[0];

function isZod3(schema: Schema): schema is Schema & Zod3Schema {
  return '_def' in schema;
}

function fromZod3(schema: Schema): JsonSchema {
  if (!isZod3(schema)) {
    throw new OattyError('ARGUMENT_INVALID', 'A schema of a module is not a zod schema.', {
      suggestedAction: 'Use schemas of zod 3 or zod 4.',
    });
  }
  const options = { target: 'jsonSchema2019-09', $refStrategy: 'root' } as const;
  return zodToJsonSchema(schema, options) as JsonSchema; // plain data
}

function rootOf(document: JsonSchema): JsonSchema {
  const { $schema, $defs, ...root } = document;
  return root;
}

/** The places of a document that its references point to, as schemas with names. */
class Parts {
  readonly schemas: Record<string, JsonSchema> = {};
  readonly #document: JsonSchema;
  readonly #name: string;

  constructor(document: JsonSchema, name: string) {
    this.#document = document;
    this.#name = name;
  }

  /** The same schema with references to named parts. */
  redirect(schema: JsonSchema): JsonSchema {
    return this.#redirect(schema) as JsonSchema; // the same shape
  }

  #redirect(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#redirect(item));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, item]) => [
      key,
      key === '$ref' && typeof item === 'string' ? this.#refer(item) : this.#redirect(item),
    ]);
    return Object.fromEntries(entries) as unknown;
  }

  /** `#/$defs/Node`, `#/properties/tree`, or `#` for the whole. */
  #refer(ref: string): string {
    const path = ref.split('/').slice(1);
    const label = path[0] === '$defs' ? path.slice(1).join('/') : path.join('/');
    const partName = `${this.#name} ${label === '' ? 'root' : label}`;
    if (!Object.hasOwn(this.schemas, partName)) {
      this.schemas[partName] = {}; // so that a part which refers to itself ends here
      this.schemas[partName] = this.redirect(path.length === 0 ? rootOf(this.#document) : this.#find(path));
    }
    return toSchemaRef(partName);
  }

  /** What is not found may be anything. */
  #find(path: readonly string[]): JsonSchema {
    let found: unknown = this.#document;
    for (const key of path) {
      const isThere = typeof found === 'object' && found !== null && Object.hasOwn(found, key);
      found = isThere ? (found as Readonly<Record<string, unknown>>)[key] : undefined;
    }
    return typeof found === 'object' && found !== null ? (found as JsonSchema) : {};
  }
}
