/** The names of the properties that a schema declares, with all that it is composed of. */
import { resolveSchema } from '@oatty/types';
import type { JsonSchema, SchemaTable } from '@oatty/types';

const maxParts = 1_000;

export function listDeclaredNames(schema: JsonSchema, schemas: SchemaTable): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<JsonSchema>();
  const pending = [schema];
  for (let part = pending.pop(); part !== undefined && seen.size < maxParts; part = pending.pop()) {
    const resolved = resolveSchema(part, schemas);
    for (const found of [part, resolved]) {
      if (found === undefined || seen.has(found)) continue;
      seen.add(found);
      for (const name in found.properties) names.add(name);
      pending.push(...(found.allOf ?? []), ...(found.anyOf ?? []), ...(found.oneOf ?? []));
    }
  }
  return names;
}
