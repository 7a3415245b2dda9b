/**
 * A value → JSON text. An integer that a number cannot hold comes as text of its digits; where the schema asks for a
 * number it is written as one, without quotes.
 */
import { isBigInteger, resolveSchema } from '@oatty/types';
import type { JsonSchema, SchemaTable } from '@oatty/types';
import { toJsonText } from './serialize-style.ts';

/** @throws {OattyError} `ARGUMENT_INVALID` for what JSON cannot hold */
export function toJsonBody(value: unknown, schema: JsonSchema, schemas: SchemaTable): string {
  const text = toJsonText(value);
  return /"-?\d{16}/.test(text) ? toJsonText(withNumbers(value, [schema], schemas)) : text;
}

// --- internal ---

/** A copy in which big integers are written as numbers. `possible` are the schemas that may hold for the value. */
function withNumbers(value: unknown, possible: readonly JsonSchema[], schemas: SchemaTable): unknown {
  const known = expand(possible, schemas);
  if (isBigInteger(value)) return asksForNumber(known) ? toRawJson(value) : value;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => withNumbers(item, itemSchemas(known, index), schemas));
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]): [string, unknown] => [
    name,
    withNumbers(member, memberSchemas(known, name), schemas),
  ]);
  return Object.fromEntries(members);
}

/** Node has it since 21; the library of TypeScript does not know it yet. */
function toRawJson(digits: string): unknown {
  return (JSON as typeof JSON & { rawJSON(text: string): unknown }).rawJSON(digits);
}

const maxSchemas = 200;

/** With all that they refer to and are composed of. */
function expand(possible: readonly JsonSchema[], schemas: SchemaTable): readonly JsonSchema[] {
  const found = new Set<JsonSchema>();
  const pending = [...possible];
  for (let schema = pending.pop(); schema !== undefined && found.size < maxSchemas; schema = pending.pop()) {
    const resolved = resolveSchema(schema, schemas);
    if (resolved === undefined || found.has(resolved)) continue;
    found.add(resolved);
    const { allOf = [], anyOf = [], oneOf = [] } = resolved;
    pending.push(...allOf, ...anyOf, ...oneOf);
  }
  return [...found];
}

/** A schema that takes text too leaves the digits a text. */
function asksForNumber(known: readonly JsonSchema[]): boolean {
  const types = new Set(known.flatMap(({ type }) => type ?? []));
  return (types.has('integer') || types.has('number')) && !types.has('string');
}

function itemSchemas(known: readonly JsonSchema[], index: number): JsonSchema[] {
  return known.flatMap<JsonSchema>(({ items, prefixItems }) => prefixItems?.[index] ?? items ?? []);
}

function memberSchemas(known: readonly JsonSchema[], name: string): JsonSchema[] {
  return known.flatMap<JsonSchema>(({ properties = {}, additionalProperties: rest }) => {
    if (Object.hasOwn(properties, name)) return properties[name] ?? [];
    return typeof rest === 'object' ? rest : [];
  });
}
