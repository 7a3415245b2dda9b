/** JSON values, and JSON Schema documents as data. */

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/**
 * A JSON Schema of dialect 2020-12 as plain data. References are local: `{"$ref": "#/schemas/Order"}`
 * points into the `schemas` of the catalog that holds the command.
 */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly JsonValue[];
  readonly const?: JsonValue;
  readonly default?: JsonValue;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly [keyword: string]: unknown;
}

/** Named schemas of one catalog, referred to as `#/schemas/<name>` (`~1` and `~0` escaped as in RFC 6901). */
export type SchemaTable = Readonly<Record<string, JsonSchema>>;

const schemaRefPrefix = '#/schemas/';

/** The name behind `#/schemas/<name>`, or `undefined` for any other reference. */
export function fromSchemaRef(ref: string): string | undefined {
  if (!ref.startsWith(schemaRefPrefix)) return undefined;
  return ref.slice(schemaRefPrefix.length).replaceAll('~1', '/').replaceAll('~0', '~');
}

/** `Order` → `#/schemas/Order` */
export function toSchemaRef(name: string): string {
  return schemaRefPrefix + name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Follows `$ref` until a schema without one; `undefined` for a dangling reference or one that only points at itself. */
export function resolveSchema(schema: JsonSchema | undefined, schemas: SchemaTable): JsonSchema | undefined {
  const seen = new Set<string>();
  let current = schema;
  while (current?.$ref !== undefined) {
    if (seen.has(current.$ref)) return undefined;
    seen.add(current.$ref);
    const name = fromSchemaRef(current.$ref);
    current = name !== undefined && Object.hasOwn(schemas, name) ? schemas[name] : undefined;
  }
  return current;
}
