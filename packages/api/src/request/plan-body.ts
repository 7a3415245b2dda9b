/**
 * The body argument → what is to be sent, by the media type of the command. Files are named, not read.
 *
 *   B1. JSON and `+json`: any value.
 *   B2. Forms: an object. A property with `style` or `explode` in its encoding is written as a query parameter is;
 *       else lists repeat the name and objects are JSON text (OpenAPI 3.1.1, Encoding Object).
 *   B3. Multipart: an object; `plan-parts.ts` has the rules.
 *   B4. Text types: text. Everything else: text or bytes. A file may say which type of a range (`image/*`) it is.
 *   B5. Lines of JSON: text, or a list with one value for each line.
 *   B6. Text for a form is taken as already encoded.
 */
import { isJsonType, OattyError, toEssence, toFileValue } from '@oatty/types';
import type { Command, FileValue, PropertyEncoding, SchemaTable } from '@oatty/types';
import type { GivenArguments } from '../arguments/read-arguments.ts';
import { isJsonLinesType, isTextType } from '../response/media-type.ts';
import { findEncoding, isStyled, toSerialization } from './body-encoding.ts';
import { toJsonBody } from './json-body.ts';
import { percentEncode } from './percent-encode.ts';
import { planParts } from './plan-parts.ts';
import type { PartPlan, PartSources } from './plan-parts.ts';
import { serializePairs, toJsonText, toText } from './serialize-style.ts';
import type { Pair } from './serialize-style.ts';

export type BodyPlan =
  | { readonly kind: 'json'; readonly mediaType: string; readonly value: unknown; readonly text: string }
  | { readonly kind: 'text'; readonly mediaType: string; readonly text: string }
  | { readonly kind: 'file'; readonly mediaType: string; readonly file: FileValue }
  | { readonly kind: 'multipart'; readonly mediaType: string; readonly parts: readonly PartPlan[] };

/** @throws {OattyError} `ARGUMENT_INVALID` for a value that the media type cannot carry */
export function planBody(
  command: Command,
  { body: given, partHeaders }: Pick<GivenArguments, 'body' | 'partHeaders'>,
  schemas: SchemaTable,
): BodyPlan | undefined {
  if (given.kind === 'none' || command.body === undefined) return undefined;
  const mediaType = toConcreteType(command.body.media_type);
  const value = given.kind === 'whole' ? given.value : Object.fromEntries(given.properties);
  const essence = toEssence(mediaType);
  if (isJsonType(essence))
    return { kind: 'json', mediaType, value, text: toJsonBody(value, command.body.schema, schemas) };
  if (essence === 'application/x-www-form-urlencoded') return planForm(command, mediaType, value);
  if (essence.startsWith('multipart/'))
    return planMultipart(mediaType, value, { command, schemas, partHeaders });
  if (isJsonLinesType(essence) && Array.isArray(value)) return planLines(mediaType, value);
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
  if (isStyled(encoding)) return serializePairs(name, value, toSerialization(encoding, percentEncode));
  if (typeof value === 'object' && !Array.isArray(value))
    return [[percentEncode(name), percentEncode(toText(value))]];
  return serializePairs(name, value, { style: 'form', explode: true, encode: percentEncode });
}

function planMultipart(mediaType: string, value: unknown, sources: PartSources): BodyPlan {
  const parts = toProperties(sources.command, value).flatMap(([name, member]) =>
    planParts(name, member, sources),
  );
  return { kind: 'multipart', mediaType, parts };
}

/** B5; each line has an end, the last one too. */
function planLines(mediaType: string, values: readonly unknown[]): BodyPlan {
  return { kind: 'text', mediaType, text: values.map((value) => `${toJsonText(value)}\n`).join('') };
}

function planPlain(command: Command, mediaType: string, value: unknown): BodyPlan {
  const file = toFileValue(value);
  if (file !== undefined) {
    const isRange = command.body?.media_type.includes('*') === true;
    return { kind: 'file', mediaType: (isRange ? file.mediaType : undefined) ?? mediaType, file };
  }
  if (typeof value !== 'object') return { kind: 'text', mediaType, text: toText(value) };
  const wanted = wantedFor(mediaType);
  throw new OattyError(
    'ARGUMENT_INVALID',
    `The body of "${command.id}" is sent as ${mediaType}: give ${wanted}.`,
    {
      command: command.id,
      context: { media_type: mediaType },
    },
  );
}

function wantedFor(mediaType: string): string {
  if (isJsonLinesType(mediaType)) return 'text, or a list with a value for each line';
  return isTextType(mediaType) ? 'text' : 'text or {"base64": "…"}';
}

function toProperties(command: Command, value: unknown): [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  }
  throw new OattyError('ARGUMENT_INVALID', `The body of "${command.id}" is a form: give an object.`, {
    command: command.id,
  });
}
