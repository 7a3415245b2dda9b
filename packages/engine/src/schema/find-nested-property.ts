/** Finds a property by name deeper in a schema, for advice: people often leave out `data` or `items[0]`. */
import { resolveSchema } from '@oatty/types';
import type { JsonSchema, SchemaTable } from '@oatty/types';

const maxDepth = 3;
const maxVisits = 300;

/** @returns the shortest path to it, such as `.data.items[0].id` */
export function findNestedProperty(
  schema: JsonSchema,
  schemas: SchemaTable,
  name: string,
): string | undefined {
  let level: { readonly path: string; readonly schema: JsonSchema }[] = [{ path: '', schema }];
  let visits = 0;
  for (let depth = 0; depth <= maxDepth; depth += 1) {
    const next: typeof level = [];
    for (const place of level) {
      visits += 1;
      if (visits > maxVisits) return undefined;
      const children = listChildren(place.schema, schemas);
      if (children.some(([key]) => key === `.${name}`)) return `${place.path}.${name}`;
      next.push(...children.map(([key, child]) => ({ path: place.path + key, schema: child })));
    }
    level = next;
  }
  return undefined;
}

// --- internal ---

function listChildren(
  schema: JsonSchema | undefined,
  schemas: SchemaTable,
): readonly (readonly [string, JsonSchema])[] {
  const resolved = resolveSchema(schema, schemas);
  if (resolved === undefined) return [];
  const parts = [...(resolved.allOf ?? []), ...(resolved.anyOf ?? []), ...(resolved.oneOf ?? [])];
  return [
    ...Object.entries(resolved.properties ?? {}).map(([name, child]) => [`.${name}`, child] as const),
    ...(resolved.items === undefined ? [] : [['[0]', resolved.items] as const]),
    ...parts.flatMap((part) => (part.$ref === schema?.$ref ? [] : listDirect(part, schemas))),
  ];
}

/** Properties of one part, without its own parts: advice need not be complete. */
function listDirect(part: JsonSchema, schemas: SchemaTable): readonly (readonly [string, JsonSchema])[] {
  const properties = resolveSchema(part, schemas)?.properties ?? {};
  return Object.entries(properties).map(([name, child]) => [`.${name}`, child] as const);
}
