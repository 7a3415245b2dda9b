/** Arguments for a command, made of its schemas: every parameter, required or not. */
import { resolveSchema } from '@oatty/types';
import type { Command, CommandParameter, JsonSchema, SchemaTable } from '@oatty/types';

export interface SampleCall {
  readonly with: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

export function sampleCall({ parameters, body }: Command, schemas: SchemaTable): SampleCall {
  const isWhole = body !== undefined && parameters.every((parameter) => parameter.in !== 'body');
  return {
    with: Object.fromEntries(parameters.map((parameter) => [parameter.name, sampleOf(parameter, schemas)])),
    ...(isWhole && { body: sample(body.schema, schemas, 0) ?? 'text & <more>' }),
  };
}

// --- internal ---

const maxDepth = 5;

function sampleOf({ schema }: CommandParameter, schemas: SchemaTable): unknown {
  return sample(schema, schemas, 0) ?? 'any';
}

/** `undefined` where the schema says nothing. */
function sample(written: JsonSchema | undefined, schemas: SchemaTable, depth: number): unknown {
  const schema = resolveSchema(written, schemas);
  if (schema === undefined) return undefined;
  const { enum: values, const: only, allOf = [], anyOf = [], oneOf = [] } = schema;
  if (only !== undefined) return only;
  if (values !== undefined) return values.at(-1);
  const [variant] = [...anyOf, ...oneOf];
  if (variant !== undefined) return sample(variant, schemas, depth + 1);
  const parts = allOf.map((part) => sample(part, schemas, depth + 1));
  const own = sampleOfType(schema, schemas, depth);
  return parts.length > 0 ? (Object.assign({}, ...parts, own) as unknown) : own;
}

function sampleOfType(schema: JsonSchema, schemas: SchemaTable, depth: number): unknown {
  const { properties = {}, items, minimum = 3 } = schema;
  switch ([schema.type ?? ''].flat()[0] ?? '') {
    case 'object':
      return Object.fromEntries(
        Object.entries(depth > maxDepth ? {} : properties)
          .filter(([, property]) => resolveSchema(property, schemas)?.readOnly !== true)
          .map(([name, property]) => [name, sample(property, schemas, depth + 1) ?? 'any']),
      );
    case 'array':
      return [sample(items, schemas, depth + 1) ?? 'any', sample(items, schemas, depth + 1) ?? 'other'];
    case 'integer':
    case 'number':
      return minimum;
    case 'boolean':
      return false;
    case 'string':
      return sampleText(schema);
    default:
      return Object.keys(properties).length > 0
        ? sampleOfType({ ...schema, type: 'object' }, schemas, depth)
        : undefined;
  }
}

function sampleText({ format, pattern = '', maxLength = 100 }: JsonSchema): unknown {
  if (format === 'binary') return { base64: 'AP+A', filename: 'a.bin' };
  if (format === 'date') return '2026-11-29';
  if (format === 'date-time') return '2026-11-29T10:00:00+01:00';
  const [, prefix = '', count = '1'] = /^\^(\w*)\[0-9[^\]]*\]\{(\d+)\}\$$/.exec(pattern) ?? [];
  const texts = ['a b/c&d=é+%'.slice(0, maxLength), 'Ada Lovelace', prefix + '7'.repeat(Number(count))];
  return texts.find((text) => new RegExp(pattern, 'u').test(text)) ?? texts[0];
}
