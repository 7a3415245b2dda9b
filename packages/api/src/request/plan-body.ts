/**
 * The body argument → what is to be sent, by the media type of the command. Files are named, not read.
 *
 *   B1. JSON and `+json`: any value.
 *   B2. Forms: an object. A property with `style` or `explode` in its encoding is written as a query parameter is;
 *       else lists repeat the name and objects are JSON text (OpenAPI 3.1.1, Encoding Object).
 *   B3. Multipart: an object, one part for each property or list item; bytes where the schema or the value says so.
 *   B4. Text types: text. Everything else: text or bytes.
 *   B5. Text for a form is taken as already encoded.
 */
import { OattyError, resolveSchema } from '@oatty/types';
import type { Command, JsonSchema, PropertyEncoding, SchemaTable } from '@oatty/types';
import { toFileValue } from '../arguments/file-value.ts';
import type { FileValue } from '../arguments/file-value.ts';
import type { GivenBody } from '../arguments/read-arguments.ts';
import { isJsonType, isTextType, toEssence } from '../response/media-type.ts';
import { keepText, percentEncode } from './percent-encode.ts';
import { serializePairs, toJsonText, toText } from './serialize-style.ts';
import type { Pair } from './serialize-style.ts';

export type BodyPlan =
  | { readonly kind: 'json'; readonly mediaType: string; readonly value: unknown }
  | { readonly kind: 'text'; readonly mediaType: string; readonly text: string }
  | { readonly kind: 'file'; readonly mediaType: string; readonly file: FileValue }
  | { readonly kind: 'multipart'; readonly mediaType: string; readonly parts: readonly PartPlan[] };

export interface PartPlan {
  readonly name: string;
  /** Absent for plain text, and where the file says it. */
  readonly mediaType?: string;
  readonly content:
    | { readonly kind: 'text'; readonly text: string; readonly filename?: string }
    | { readonly kind: 'file'; readonly file: FileValue };
}

/** @throws {OattyError} `ARGUMENT_INVALID` for a value that the media type cannot carry */
export function planBody(command: Command, given: GivenBody, schemas: SchemaTable): BodyPlan | undefined {
  if (given.kind === 'none' || command.body === undefined) return undefined;
  const mediaType = toConcreteType(command.body.media_type);
  const value = given.kind === 'whole' ? given.value : Object.fromEntries(given.properties);
  const essence = toEssence(mediaType);
  if (isJsonType(essence)) return { kind: 'json', mediaType, value };
  if (essence === 'application/x-www-form-urlencoded') return planForm(command, mediaType, value);
  if (essence.startsWith('multipart/')) return planMultipart(command, mediaType, value, schemas);
  return planPlain(command, mediaType, value);
}

// --- internal ---

const octets = 'application/octet-stream';

/** What stands for a media range: `text/*`. */
function toConcreteType(mediaType: string): string {
  if (!mediaType.includes('*')) return mediaType;
  if (/^(?:\*|application)\//.test(mediaType)) return 'application/json';
  if (mediaType.startsWith('multipart/')) return 'multipart/form-data';
  return mediaType.startsWith('text/') ? 'text/plain' : octets;
}

function planForm(command: Command, mediaType: string, value: unknown): BodyPlan {
  if (typeof value === 'string') return { kind: 'text', mediaType, text: value };
  const pairs = toProperties(command, value).flatMap(([name, member]) =>
    serializeFormProperty(name, member, findEncoding(command, name)),
  );
  return { kind: 'text', mediaType, text: pairs.map((pair) => pair.join('=')).join('&') };
}

function serializeFormProperty(name: string, value: unknown, encoding: PropertyEncoding | undefined): Pair[] {
  const isStyled = encoding?.style !== undefined || encoding?.explode !== undefined;
  if (isStyled) return serializePairs(name, value, toSerialization(encoding, percentEncode));
  if (typeof value === 'object' && !Array.isArray(value))
    return [[percentEncode(name), percentEncode(toText(value))]];
  return serializePairs(name, value, { style: 'form', explode: true, encode: percentEncode });
}

function planMultipart(command: Command, mediaType: string, value: unknown, schemas: SchemaTable): BodyPlan {
  const parts = toProperties(command, value).flatMap(([name, member]) =>
    planParts(command, name, member, schemas),
  );
  return { kind: 'multipart', mediaType, parts };
}

function planParts(command: Command, name: string, value: unknown, schemas: SchemaTable): PartPlan[] {
  const encoding = findEncoding(command, name);
  if (encoding?.style !== undefined || encoding?.explode !== undefined) {
    const pairs = serializePairs(name, value, toSerialization(encoding, keepText));
    return pairs.map(([pairName, text]) => ({ name: pairName, content: { kind: 'text', text } }));
  }
  const schema = resolveSchema(findBodyParameter(command, name)?.schema, schemas);
  const isListOfParts = Array.isArray(value) && encoding?.content_type === undefined;
  if (!isListOfParts) return [planPart(name, value, schema, encoding)];
  const itemSchema = resolveSchema(schema?.items, schemas);
  return value.map((item) => planPart(name, item, itemSchema, encoding));
}

function planPart(
  name: string,
  value: unknown,
  schema: JsonSchema | undefined,
  encoding: PropertyEncoding | undefined,
): PartPlan {
  const file = toFileValue(value);
  const contentType = encoding?.content_type
    ?.split(',')
    .find((type) => !type.includes('*'))
    ?.trim();
  const typed = contentType === undefined ? {} : { mediaType: contentType };
  if (file !== undefined) return { name, content: { kind: 'file', file }, ...typed };
  if (isBinary(schema)) {
    return {
      name,
      content: { kind: 'text', text: toText(value), filename: name },
      mediaType: octets,
      ...typed,
    };
  }
  const isJson = contentType === undefined ? typeof value === 'object' : isJsonType(contentType);
  const text = isJson ? toJsonText(value) : toText(value);
  return {
    name,
    content: { kind: 'text', text },
    ...(isJson && { mediaType: 'application/json' }),
    ...typed,
  };
}

function planPlain(command: Command, mediaType: string, value: unknown): BodyPlan {
  const file = toFileValue(value);
  if (file !== undefined) return { kind: 'file', mediaType, file };
  if (typeof value !== 'object') return { kind: 'text', mediaType, text: toText(value) };
  const wanted = isTextType(mediaType) ? 'text' : 'text or {"base64": "…"}';
  throw new OattyError(
    'ARGUMENT_INVALID',
    `The body of "${command.id}" is sent as ${mediaType}: give ${wanted}.`,
    {
      command: command.id,
      context: { media_type: mediaType },
    },
  );
}

function toProperties(command: Command, value: unknown): [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  }
  throw new OattyError('ARGUMENT_INVALID', `The body of "${command.id}" is a form: give an object.`, {
    command: command.id,
  });
}

function findEncoding({ body }: Command, name: string): PropertyEncoding | undefined {
  return body?.encoding && Object.hasOwn(body.encoding, name) ? body.encoding[name] : undefined;
}

function toSerialization(encoding: PropertyEncoding, encode: typeof percentEncode) {
  const style = encoding.style ?? 'form';
  return { style, explode: encoding.explode ?? style === 'form', encode };
}

function findBodyParameter(command: Command, wireName: string) {
  return command.parameters.find(
    (parameter) => parameter.in === 'body' && (parameter.wire_name ?? parameter.name) === wireName,
  );
}

function isBinary(schema: JsonSchema | undefined): boolean {
  return schema?.format === 'binary' || schema?.['contentMediaType'] === octets;
}
