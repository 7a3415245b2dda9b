/** The schemas that a command refers to, directly or through others: all that a reader of the command needs. */
import { fromSchemaRef } from '@oatty/types';
import type { Command, JsonSchema, SchemaTable } from '@oatty/types';

export function reachableSchemas(
  { parameters, body, output_schema }: Command,
  schemas: SchemaTable,
): SchemaTable {
  const found = new Map<string, JsonSchema>();
  const open: unknown[] = [parameters.map(({ schema }) => schema), body?.schema, output_schema];
  for (let next = open.pop(); open.length > 0 || next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const name = '$ref' in next && typeof next.$ref === 'string' ? fromSchemaRef(next.$ref) : undefined;
    if (name !== undefined && !found.has(name) && Object.hasOwn(schemas, name)) {
      const schema = schemas[name] ?? {};
      found.set(name, schema);
      open.push(schema);
    }
    open.push(...Object.values(next));
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
