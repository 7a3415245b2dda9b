/**
 * A schema of any version → JSON Schema 2020-12.
 *
 *   C1. Only keywords of JSON Schema 2020-12 that say something about values stay; examples, extensions, `xml` and the
 *       like go. A keyword with a value of the wrong kind goes too. Of OpenAPI's own, `discriminator` stays
 *       (`keep-discriminator.ts`).
 *   C2. `nullable: true` (`x-nullable` in Swagger 2.0) becomes a type `null`; boolean `exclusiveMinimum` becomes a number; `type: file` a binary
 *       text; a list in `items` becomes `prefixItems`.
 *   C3. Names of properties are names, whatever they are: `$ref` and `__proto__` too.
 *   C4. Before 3.1, what stands beside a `$ref` does not constrain; only words and `nullable` are kept.
 *   C5. An `enum` that contradicts its `type` is repaired (`repair-enum.ts`).
 */
import type { JsonSchema } from '@oatty/types';
import type { SpecificationVersion } from '../model/identify-document.ts';
import { isJsonObject, listOf } from '../model/json-value.ts';
import { keepDiscriminator } from './keep-discriminator.ts';
import { repairEnum } from './repair-enum.ts';

export interface NormalizeContext {
  readonly version: SpecificationVersion;
  /** The reference into the catalog for a reference of the document; `undefined` when it leads nowhere. */
  readonly toReference: (reference: string) => string | undefined;
}

/** @param raw - nested no deeper than the loader allows */
export function normalizeSchema(raw: unknown, context: NormalizeContext): JsonSchema {
  if (raw === false) return { not: {} };
  if (!isJsonObject(raw)) return {};
  if (typeof raw['$ref'] === 'string') return normalizeReference(raw, raw['$ref'], context);
  return finish(raw, copyKeywords(raw, context), context);
}

/** Sets a key that comes from a document, as an own property whatever its name is (C3). */
export function setOwn(target: object, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    (target as Record<string, unknown>)[key] = value;
  }
}

// --- internal ---

type Draft = Record<string, unknown>;

/** What the value of a keyword has to be. */
type KeywordKind =
  | 'text'
  | 'words'
  | 'flag'
  | 'number'
  | 'names'
  | 'value'
  | 'values'
  | 'types'
  | 'items'
  | SchemaKind;
type SchemaKind = 'schema' | 'schemaOrFlag' | 'schemas' | 'schemaMap';

function keywordsOf(kind: KeywordKind, keywords: string): [string, KeywordKind][] {
  return keywords.split(' ').map((keyword) => [keyword, kind]);
}

const keywordKinds = new Map<string, KeywordKind>([
  ...keywordsOf('words', 'title description'),
  ...keywordsOf('text', 'format pattern contentEncoding contentMediaType'),
  ...keywordsOf('flag', 'uniqueItems readOnly writeOnly deprecated'),
  ...keywordsOf('number', 'minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength'),
  ...keywordsOf('number', 'minItems maxItems minContains maxContains minProperties maxProperties'),
  ...keywordsOf('names', 'required'),
  ...keywordsOf('value', 'const default dependentRequired'),
  ...keywordsOf('values', 'enum'),
  ...keywordsOf('types', 'type'),
  ...keywordsOf('items', 'items'),
  ...keywordsOf('schema', 'not contains propertyNames if then else contentSchema'),
  ...keywordsOf('schemaOrFlag', 'additionalProperties unevaluatedProperties unevaluatedItems'),
  ...keywordsOf('schemas', 'allOf anyOf oneOf prefixItems'),
  ...keywordsOf('schemaMap', 'properties patternProperties dependentSchemas'),
]);

const knownTypes = new Set(['null', 'boolean', 'object', 'array', 'number', 'string', 'integer']);

const maxWordsLength = 2_000;

/** The value of a keyword as the catalog keeps it; `undefined` when it is of the wrong kind. */
const readers: Readonly<Record<KeywordKind, (value: unknown, context: NormalizeContext) => unknown>> = {
  text: (value) => (typeof value === 'string' ? value : undefined),
  words: (value) => (typeof value === 'string' ? value.slice(0, maxWordsLength) : undefined),
  flag: (value) => (typeof value === 'boolean' ? value : undefined),
  number: (value) => (Number.isFinite(value) ? value : undefined),
  names: (value) => (Array.isArray(value) ? value.filter((name) => typeof name === 'string') : undefined),
  value: (value) => value,
  values: (value) => (Array.isArray(value) ? value : undefined),
  types: toTypes,
  items: (value, context) => (Array.isArray(value) ? undefined : normalizeSchema(value, context)), // else `finish`
  schema: normalizeSchema,
  schemaOrFlag: (value, context) => (typeof value === 'boolean' ? value : normalizeSchema(value, context)),
  schemas: (value, context) =>
    Array.isArray(value) ? value.map((member) => normalizeSchema(member, context)) : undefined,
  schemaMap: normalizeMap,
};

function copyKeywords(raw: Draft, context: NormalizeContext): Draft {
  const draft: Draft = {};
  for (const key in raw) {
    const kind = keywordKinds.get(key);
    const value = kind && readers[kind](raw[key], context);
    if (value !== undefined) draft[key] = value;
  }
  return draft;
}

function normalizeMap(value: unknown, context: NormalizeContext): Draft | undefined {
  if (!isJsonObject(value)) return undefined;
  const map: Draft = {};
  for (const [name, schema] of Object.entries(value)) {
    const isSchema = typeof schema === 'boolean' || isJsonObject(schema);
    if (isSchema) setOwn(map, name, normalizeSchema(schema, context));
  }
  return map;
}

/** One known type, or a list of them; `file` (2.0) is kept for `finish`. */
function toTypes(value: unknown): unknown {
  if (typeof value === 'string') return knownTypes.has(value) || value === 'file' ? value : undefined;
  const types = listOf(value).filter((type) => typeof type === 'string' && knownTypes.has(type));
  return types.length > 0 ? types : undefined;
}

function normalizeReference(raw: Draft, reference: string, context: NormalizeContext): JsonSchema {
  const $ref = context.toReference(reference);
  const isConstrained = context.version === '3.1' || context.version === '3.2';
  const { title, description } = raw;
  const beside = copyKeywords(isConstrained ? raw : { title, description }, context); // C4
  const target = $ref === undefined ? {} : { $ref };
  if (!isNullable(raw)) return { ...target, ...beside };
  return { ...beside, anyOf: [target, { type: 'null' }] };
}

/** C2 */
function finish(raw: Draft, draft: Draft, context: NormalizeContext): JsonSchema {
  if (draft['type'] === 'file') Object.assign(draft, { type: 'string', format: 'binary' });
  if (Array.isArray(raw['items'])) {
    const rest = readers.schemaOrFlag(raw['additionalItems'] ?? true, context);
    draft['prefixItems'] = readers.schemas(raw['items'], context);
    if (rest !== true) draft['items'] = rest === false ? { not: {} } : rest;
  }
  moveBound(raw, draft, 'exclusiveMinimum', 'minimum');
  moveBound(raw, draft, 'exclusiveMaximum', 'maximum');
  repairEnum(draft);
  if (raw['discriminator'] !== undefined) keepDiscriminator(raw, draft);
  return isNullable(raw) ? allowNull(draft) : draft;
}

function isNullable(raw: Draft): boolean {
  return raw['nullable'] === true || raw['x-nullable'] === true;
}

function moveBound(raw: Draft, draft: Draft, exclusive: string, inclusive: string): void {
  if (raw[exclusive] !== true || draft[inclusive] === undefined) return;
  draft[exclusive] = draft[inclusive];
  delete draft[inclusive];
}

function allowNull(draft: Draft): JsonSchema {
  const { type, enum: values } = draft;
  if (Array.isArray(values) && !values.includes(null)) draft['enum'] = [...(values as unknown[]), null];
  if (typeof type === 'string') return { ...draft, type: [type, 'null'] };
  if (Array.isArray(type))
    return type.includes('null') ? draft : { ...draft, type: [...(type as string[]), 'null'] };
  const { title, description, ...rest } = draft;
  const refusesNull = ['allOf', 'anyOf', 'oneOf', 'not'].some((keyword) => keyword in rest);
  if (!refusesNull) return draft;
  return {
    ...(typeof title === 'string' && { title }),
    ...(typeof description === 'string' && { description }),
    anyOf: [rest, { type: 'null' }],
  };
}
