/**
 * A schema of a command as a tool lists it: whole in itself, for readers that follow no reference, and with one type at
 * each place (D4 of tools/describe-tool.ts).
 */
import { resolveSchema } from '@oatty/types';
import type { JsonSchema, SchemaTable } from '@oatty/types';

export function toListedSchema(schema: JsonSchema, schemas: SchemaTable, depth = 0): JsonSchema {
  const resolved = resolveSchema(schema, schemas);
  if (resolved === undefined || depth > maxDepth) return {};
  const { type, properties, items, anyOf, oneOf, allOf, additionalProperties, ...rest } = resolved;
  const list = (one: JsonSchema) => toListedSchema(one, schemas, depth + 1);
  return {
    ...rest,
    ...(typeof type === 'string' && { type }),
    ...(typeof type === 'object' && { anyOf: type.map((one) => ({ type: one })) }),
    ...(properties && { properties: mapValues(properties, list) }),
    ...(items && { items: list(items) }),
    ...(anyOf && { anyOf: anyOf.map(list) }),
    ...(oneOf && { oneOf: oneOf.map(list) }),
    ...(allOf && { allOf: allOf.map(list) }),
    ...(additionalProperties === false && { additionalProperties }),
  };
}

// --- internal ---

/** A schema that holds itself ends here: deeper down anything goes. */
const maxDepth = 10;

function mapValues(
  schemas: Readonly<Record<string, JsonSchema>>,
  change: (schema: JsonSchema) => JsonSchema,
): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, change(schema)]));
}
