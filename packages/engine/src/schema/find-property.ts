/**
 * Whether a path leads somewhere in the values that a schema describes.
 *
 *   P1. A property that a schema with `properties` does not name is missing, although JSON Schema would allow it:
 *       descriptions name what they answer. `additionalProperties` or `patternProperties` make it unknown.
 *   P2. Of `anyOf` and `oneOf` one variant is enough; of `allOf` one part is enough.
 *   P3. `null` beside another type does not matter: whether a value is there, only the run can tell.
 */
import { resolveSchema } from '@oatty/types';
import type { JsonSchema, SchemaTable } from '@oatty/types';

/** A name, an index, or `null` for a key that only the run knows. */
export type PathKey = string | number | null;

export type PropertyLookup =
  /** `schema` describes what is there. */
  | { readonly kind: 'exists'; readonly schema: JsonSchema }
  /** The schema does not say; `at` counts the keys that it does describe. */
  | { readonly kind: 'unknown'; readonly at: number }
  /** `keys[at]` is a name where the schema has a list. */
  | { readonly kind: 'missing_index'; readonly at: number }
  /** `keys[at]` is not there; `available` are the names that are. */
  | { readonly kind: 'missing'; readonly at: number; readonly available: readonly string[] };

export function findProperty(
  schema: JsonSchema | undefined,
  schemas: SchemaTable,
  keys: readonly PathKey[],
): PropertyLookup {
  return find(schema, { schemas, keys, depth: 0 }, 0);
}

// --- internal ---

const maxDepth = 100;

interface Search {
  readonly schemas: SchemaTable;
  readonly keys: readonly PathKey[];
  readonly depth: number;
}

function find(schema: JsonSchema | undefined, search: Search, at: number): PropertyLookup {
  const key = search.keys[at];
  const resolved = resolveSchema(schema, search.schemas);
  if (resolved === undefined || search.depth > maxDepth) return { kind: 'unknown', at };
  if (key === undefined) return { kind: 'exists', schema: resolved };
  const own = findOwn(resolved, search, at, key);
  const deeper = { ...search, depth: search.depth + 1 };
  const lookups = [
    ...(own === undefined ? [] : [own]),
    ...(resolved.allOf ?? []).map((part) => find(part, deeper, at)).filter((lookup) => says(lookup, at)),
    ...[resolved.anyOf, resolved.oneOf].flatMap((variants = []) => {
      const picked = pickOfVariants(variants.map((variant) => find(variant, deeper, at)));
      return picked !== undefined && (own === undefined || says(picked, at)) ? [picked] : [];
    }),
  ];
  return pickOfParts(lookups) ?? { kind: 'unknown', at };
}

/** What the keywords of the schema itself say; `undefined` when they say nothing. */
function findOwn(schema: JsonSchema, search: Search, at: number, key: PathKey): PropertyLookup | undefined {
  if (isList(schema)) return findInList(schema, search, at, key);
  if (isScalar(schema)) return { kind: 'missing', at, available: [] };
  const { properties, additionalProperties } = schema;
  if (properties === undefined && additionalProperties === undefined) return undefined;
  if (key === null) return { kind: 'unknown', at };
  const name = String(key);
  if (properties !== undefined && Object.hasOwn(properties, name))
    return find(properties[name], search, at + 1);
  if (typeof additionalProperties === 'object') return find(additionalProperties, search, at + 1);
  if (additionalProperties === true || schema.patternProperties !== undefined) return { kind: 'unknown', at };
  if (properties === undefined || Object.keys(properties).length === 0) return undefined;
  return { kind: 'missing', at, available: listProperties(schema, search.schemas) };
}

function findInList(schema: JsonSchema, search: Search, at: number, key: PathKey): PropertyLookup {
  const index = typeof key === 'string' && /^\d+$/.test(key) ? Number(key) : key;
  if (typeof index === 'string') return { kind: 'missing_index', at };
  const item = (index === null ? undefined : schema.prefixItems?.[index]) ?? schema.items;
  return item === undefined ? { kind: 'unknown', at } : find(item, search, at + 1);
}

function isList(schema: JsonSchema): boolean {
  const types = typesOf(schema).filter((type) => type !== 'null');
  return types.length === 0 ? schema.items !== undefined : types.every((type) => type === 'array');
}

function isScalar(schema: JsonSchema): boolean {
  const types = typesOf(schema);
  return types.length > 0 && types.every((type) => type !== 'array' && type !== 'object');
}

function typesOf({ type }: JsonSchema): readonly string[] {
  if (type === undefined) return [];
  return typeof type === 'string' ? [type] : type;
}

/** A part that only adds a description or a condition (`required`) says nothing about properties. */
function says(lookup: PropertyLookup, at: number): boolean {
  return !(lookup.kind === 'unknown' && lookup.at === at);
}

/** One part that has it is enough; names that are missing in all parts are offered together. */
function pickOfParts(lookups: readonly PropertyLookup[]): PropertyLookup | undefined {
  for (const kind of ['exists', 'missing_index', 'unknown'] as const) {
    const found = lookups.find((lookup) => lookup.kind === kind);
    if (found !== undefined) return found;
  }
  const missing = lookups.filter((lookup) => lookup.kind === 'missing');
  const first = missing.reduce<(typeof missing)[number] | undefined>(
    (deepest, lookup) => (deepest === undefined || lookup.at > deepest.at ? lookup : deepest),
    undefined,
  );
  if (first === undefined) return undefined;
  const available = missing.filter(({ at }) => at === first.at).flatMap((lookup) => lookup.available);
  return { ...first, available: [...new Set(available)] };
}

/** Like the parts, but a variant that says nothing may be the one that has it. */
function pickOfVariants(lookups: readonly PropertyLookup[]): PropertyLookup | undefined {
  const certain = lookups.find((lookup) => lookup.kind === 'exists');
  return certain ?? lookups.find((lookup) => lookup.kind === 'unknown') ?? pickOfParts(lookups);
}

/** Names of the properties that a schema describes, through references and combinations. */
function listProperties(schema: JsonSchema, schemas: SchemaTable): readonly string[] {
  return [...new Set(collectProperties(schema, schemas, 0))];
}

function collectProperties(schema: JsonSchema | undefined, schemas: SchemaTable, depth: number): string[] {
  const resolved = resolveSchema(schema, schemas);
  if (resolved === undefined || depth > maxDepth) return [];
  const parts = [...(resolved.allOf ?? []), ...(resolved.anyOf ?? []), ...(resolved.oneOf ?? [])];
  return [
    ...Object.keys(resolved.properties ?? {}),
    ...parts.flatMap((part) => collectProperties(part, schemas, depth + 1)),
  ];
}
