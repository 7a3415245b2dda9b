/**
 * A schema of a command as a tool lists it.
 *
 *   L1. It is whole in itself, for readers that follow no reference, and has one type at each place (D4 of
 *       tools/describe-tool.ts).
 *   L2. What is in it helps to write a value: examples say more than their pattern. The command judges by the whole.
 *   L3. Objects may hold more than it names: documents do.
 *   L4. Where anything is let in beside what is meant, what is meant is listed.
 */
import { resolveSchema } from '@oatty/types';
import type { JsonSchema, SchemaTable } from '@oatty/types';
import { mapValues } from '../tools/map-values.ts';

export function toListedSchema(schema: JsonSchema, schemas: SchemaTable, depth = 0): JsonSchema {
  const found = resolveSchema(schema, schemas);
  if (found === undefined || depth > maxDepth) return {};
  const resolved = toMeant(found);
  const { type, properties, items, anyOf, oneOf, allOf, ...rest } = resolved;
  const list = (one: JsonSchema) => toListedSchema(one, schemas, depth + 1);
  return {
    ...toHints(rest),
    ...(typeof type === 'string' && { type }),
    ...(typeof type === 'object' && { anyOf: type.map((one) => ({ type: one })) }),
    ...(properties && { properties: mapValues(properties, list) }),
    ...(items && { items: list(items) }),
    ...(anyOf && { anyOf: anyOf.map(list) }),
    ...(oneOf && { oneOf: oneOf.map(list) }),
    ...(allOf && { allOf: allOf.map(list) }),
  };
}

// --- internal ---

/** L1: a schema that holds itself ends here; deeper down anything goes. */
const maxDepth = 10;

/** L4 */
function toMeant({ anyOf = [], ...rest }: JsonSchema): JsonSchema {
  const meant = anyOf.filter((one) => Object.keys(one).length > 0);
  const [only] = meant;
  if (only !== undefined && meant.length === 1 && anyOf.length > 1) return { ...only, ...rest };
  return { ...rest, ...(anyOf.length > 0 && { anyOf }) };
}

/** L2, L3 */
function toHints(schema: JsonSchema): JsonSchema {
  const left = schema['examples'] === undefined ? unlisted : [...unlisted, 'pattern'];
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !left.includes(keyword)));
}

const unlisted: readonly string[] = ['propertyNames', 'additionalProperties'];
