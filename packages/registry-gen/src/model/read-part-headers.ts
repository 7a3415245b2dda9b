/**
 * The headers of the parts of a multipart body (`encoding.*.headers`).
 *
 *   H1. A header whose schema allows one value (`const`, or an `enum` of one) is sent with its part as it is.
 *   H2. Any other is a parameter of the command, sent with its part when it is given.
 *   H3. `Content-Type` is what `contentType` says, and `Content-Disposition` is made for each part.
 */
import type { JsonObject } from '@oatty/types';
import type { Document } from './document.ts';
import { entriesOf, listOf, memberOf, textOf } from './json-value.ts';
import type { OperationSource } from './list-operations.ts';
import { byPreference, toConcrete } from './media-types.ts';
import type { OperationParameter } from './operation.ts';

export interface PartHeaders {
  /** Part → header → value (H1). */
  readonly fixed: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** H2 */
  readonly given: readonly OperationParameter[];
}

export function readPartHeaders(
  document: Document,
  source: OperationSource,
  mediaType: string,
  encoding: unknown,
): PartHeaders {
  const fixed = new Map<string, Record<string, string>>();
  const given: OperationParameter[] = [];
  if (!mediaType.toLowerCase().startsWith('multipart/')) return { fixed, given };
  for (const [part, written] of entriesOf(encoding)) {
    for (const [name, raw] of entriesOf(memberOf(written, 'headers'))) {
      const header = document.follow(raw, source.label);
      if (header === undefined || /^content-(?:type|disposition)$/i.test(name)) continue; // H3
      const only = onlyValue(document.follow(header['schema'], source.label));
      if (only === undefined) given.push(toParameter(document, source, { part, name, header }));
      else fixed.set(part, { ...fixed.get(part), [name]: only });
    }
  }
  return { fixed, given };
}

// --- internal ---

interface PartHeader {
  readonly part: string;
  readonly name: string;
  readonly header: JsonObject;
}

/** H1 */
function onlyValue(schema: JsonObject | undefined): string | undefined {
  const values = schema?.['const'] === undefined ? listOf(schema?.['enum']) : [schema['const']];
  const [value] = values;
  if (values.length !== 1) return undefined;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value : undefined;
}

function toParameter(
  document: Document,
  source: OperationSource,
  { part, name, header }: PartHeader,
): OperationParameter {
  const description = textOf(header['description']);
  return {
    name,
    in: 'header',
    part,
    required: header['required'] === true,
    ...(description !== undefined && { description }),
    ...valueOf(document, source, header),
  };
}

function valueOf(document: Document, source: OperationSource, header: JsonObject) {
  const content = document.follow(header['content'], source.label);
  const [mediaType] = byPreference(Object.keys(content ?? {}));
  if (mediaType === undefined)
    return { schema: header['schema'], style: 'simple', explode: header['explode'] === true } as const;
  const media = document.follow(memberOf(content, mediaType), source.label);
  return { schema: media?.['schema'], mediaType: toConcrete(mediaType) };
}
