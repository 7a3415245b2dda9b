/**
 * The properties of a multipart body → its parts. Files are named, not read.
 *
 *   M1. One part for each property, or for each item of a list.
 *   M2. Bytes (a file value, or what the schema calls binary) are a file part, whatever style the encoding names.
 *   M3. Else `style` or `explode` of the encoding write the property as a query parameter is written.
 *   M4. Else objects are JSON, and everything else is plain text.
 *   M5. Each part of a property has the property's headers: those of the encoding, then those that were given.
 */
import { isJsonType, resolveSchema, toFileValue } from '@oatty/types';
import type { Command, FileValue, JsonSchema, PropertyEncoding, SchemaTable } from '@oatty/types';
import { isTextType } from '../response/media-type.ts';
import type { GivenParameter } from '../arguments/read-arguments.ts';
import { findEncoding, isStyled, toSerialization } from './body-encoding.ts';
import { checkHeader } from './check-header.ts';
import { keepText } from './percent-encode.ts';
import { serializeParameterText } from './serialize-parameter.ts';
import { serializePairs, toJsonText, toText } from './serialize-style.ts';

export interface PartPlan {
  readonly name: string;
  /** Absent for plain text, and where the file says it. */
  readonly mediaType?: string;
  /** M5 */
  readonly headers?: Readonly<Record<string, string>>;
  readonly content:
    | { readonly kind: 'text'; readonly text: string; readonly filename?: string }
    | { readonly kind: 'file'; readonly file: FileValue };
}

export interface PartSources {
  readonly command: Command;
  readonly schemas: SchemaTable;
  readonly partHeaders: readonly GivenParameter[];
}

/** @throws {OattyError} `ARGUMENT_INVALID` for a name or a value that no header can have */
export function planParts(name: string, value: unknown, sources: PartSources): PartPlan[] {
  const headers = headersOfPart(name, sources);
  const parts = planContents(name, value, sources);
  return headers === undefined ? parts : parts.map((part) => ({ ...part, headers }));
}

// --- internal ---

const octets = 'application/octet-stream';

/** M5 */
function headersOfPart(
  name: string,
  { command, partHeaders }: PartSources,
): Readonly<Record<string, string>> | undefined {
  const given = partHeaders
    .filter(({ parameter }) => parameter.part === name)
    .map((header): [string, string] => [header.wireName, serializeParameterText(header)]);
  const headers = { ...findEncoding(command, name)?.headers, ...Object.fromEntries(given) };
  for (const [header, text] of Object.entries(headers)) checkHeader(header, text);
  return Object.keys(headers).length === 0 ? undefined : headers;
}

function planContents(name: string, value: unknown, { command, schemas }: PartSources): PartPlan[] {
  const encoding = findEncoding(command, name);
  const schema = resolveSchema(findBodyParameter(command, name)?.schema, schemas);
  const itemSchema = Array.isArray(value) ? resolveSchema(schema?.items, schemas) : schema;
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const areBytes = isBinary(itemSchema) || items.some((item) => toFileValue(item) !== undefined); // M2
  if (isStyled(encoding) && !areBytes) {
    const pairs = serializePairs(name, value, toSerialization(encoding, keepText));
    return pairs.map(([pairName, text]) => ({ name: pairName, content: { kind: 'text', text } }));
  }
  const isOneText = Array.isArray(value) && encoding?.content_type !== undefined && !areBytes;
  if (isOneText) return [planPart(name, value, schema, encoding)];
  return items.map((item) => planPart(name, item, itemSchema, encoding));
}

function findBodyParameter(command: Command, wireName: string) {
  return command.parameters.find(
    (parameter) => parameter.in === 'body' && (parameter.wire_name ?? parameter.name) === wireName,
  );
}

function planPart(
  name: string,
  value: unknown,
  schema: JsonSchema | undefined,
  encoding: PropertyEncoding | undefined,
): PartPlan {
  const file = toFileValue(value);
  const contentType = chooseContentType(encoding, schema);
  const typed = contentType === undefined ? {} : { mediaType: contentType };
  if (file !== undefined) return { name, content: { kind: 'file', file }, ...typed };
  if (isBinary(schema)) {
    const content = { kind: 'text', text: toText(value), filename: name } as const;
    return { name, content, mediaType: octets, ...typed };
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

/** The first type that the encoding allows, else the one that the schema says. */
function chooseContentType(
  encoding: PropertyEncoding | undefined,
  schema: JsonSchema | undefined,
): string | undefined {
  const allowed = encoding?.content_type?.split(',').find((type) => !type.includes('*'));
  return allowed?.trim() ?? rawMediaType(schema);
}

function isBinary(schema: JsonSchema | undefined): boolean {
  if (schema?.format === 'binary') return true;
  const mediaType = rawMediaType(schema);
  return mediaType !== undefined && !isTextType(mediaType) && !isJsonType(mediaType);
}

/** `contentMediaType` of OpenAPI 3.1, where the text is not encoded (base64, say) inside of it. */
function rawMediaType(schema: JsonSchema | undefined): string | undefined {
  const mediaType = schema?.['contentMediaType'];
  return typeof mediaType === 'string' && schema?.['contentEncoding'] === undefined ? mediaType : undefined;
}
