/** Parameters, bodies and contents as OpenAPI 3.0, 3.1 and 3.2 write them. */
import type { JsonObject, ParameterStyle, PropertyEncoding } from '@oatty/types';
import { hasNoBody, warnAboutOtherMediaTypes } from './body-rules.ts';
import type { Document } from './document.ts';
import { entriesOf, isJsonObject, memberOf, textOf } from './json-value.ts';
import type { OperationSource } from './list-operations.ts';
import { byPreference, toConcrete } from './media-types.ts';
import type { Operation, OperationBody, OperationParameter } from './operation.ts';
import { isReservedHeader, mergeParameters, orderByPath } from './read-parameters.ts';
import { readPartHeaders } from './read-part-headers.ts';

export function readOpenApiInputs(
  document: Document,
  source: OperationSource,
): Pick<Operation, 'parameters' | 'body'> {
  const parameters = mergeParameters(document, source).flatMap(
    (raw) => toParameter(document, source, raw) ?? [],
  );
  const { body, partHeaders = [] } = readBody(document, source) ?? {};
  const all = [...orderByPath(document, source, parameters), ...partHeaders];
  return { parameters: all, ...(body && { body }) };
}

/** Media type → schema. */
export function readOpenApiContent(
  document: Document,
  source: OperationSource,
  value: unknown,
): Map<string, unknown> {
  const content = document.follow(value, source.label);
  return new Map(
    entriesOf(content).map(([mediaType, media]) => [
      mediaType,
      document.follow(media, source.label)?.['schema'],
    ]),
  );
}

// --- internal ---

function toParameter(
  document: Document,
  source: OperationSource,
  raw: JsonObject,
): OperationParameter | undefined {
  const name = textOf(raw['name']) ?? '';
  const isWhole = raw['in'] === 'querystring' && document.version === '3.2' && raw['content'] !== undefined;
  const place = isWhole ? 'query' : raw['in'];
  if (place !== 'path' && place !== 'query' && place !== 'header' && place !== 'cookie') {
    document.warnings.add(
      source.label,
      `the parameter "${name}" travels in "${textOf(place) ?? '?'}", which is not supported.`,
    );
    return undefined;
  }
  if (place === 'header' && isReservedHeader(name)) return undefined;
  const known = knownParameters.get(raw);
  if (known) return known;
  const description = textOf(raw['description']);
  const parameter: OperationParameter = {
    name,
    in: place,
    required: place === 'path' || raw['required'] === true,
    ...(description !== undefined && { description }),
    ...(isWhole && { wholeQuery: true }),
    ...(raw['content'] === undefined ? serialization(raw, place) : contentOf(document, source, raw)),
  };
  knownParameters.set(raw, parameter);
  return parameter;
}

/** Large descriptions declare few parameters and refer to them thousands of times. */
const knownParameters = new WeakMap<JsonObject, OperationParameter>();

/** OpenAPI's defaults: `simple` in path and header, `form` elsewhere; only `form` is exploded. */
function serialization(raw: JsonObject, place: OperationParameter['in']) {
  const isSimple = place === 'path' || place === 'header';
  const style = toStyle(raw['style']) ?? (isSimple ? 'simple' : 'form');
  const explode =
    typeof raw['explode'] === 'boolean' ? raw['explode'] : style === 'form' || style === 'deepObject';
  const allowReserved = place === 'query' && raw['allowReserved'] === true;
  return { schema: raw['schema'], style, explode, ...(allowReserved && { allowReserved }) };
}

function contentOf(document: Document, source: OperationSource, raw: JsonObject) {
  const content = readOpenApiContent(document, source, raw['content']);
  const [mediaType] = byPreference(content.keys());
  if (mediaType === undefined) return { schema: undefined };
  return { schema: content.get(mediaType), mediaType: toConcrete(mediaType) };
}

function toStyle(value: unknown): ParameterStyle | undefined {
  if (value === 'cookie') return 'form'; // 3.2: `form` without percent-encoding
  return typeof value === 'string' && styles.has(value) ? (value as ParameterStyle) : undefined;
}

const styles = new Set<string>([
  'simple',
  'label',
  'matrix',
  'form',
  'spaceDelimited',
  'pipeDelimited',
  'deepObject',
] satisfies ParameterStyle[]);

interface ReadBody {
  readonly body: OperationBody;
  readonly partHeaders: readonly OperationParameter[];
}

function readBody(document: Document, source: OperationSource): ReadBody | undefined {
  const body = document.follow(source.operation['requestBody'], source.label);
  const content = document.follow(body?.['content'], source.label);
  const [mediaType] = byPreference(Object.keys(content ?? {}));
  if (!body || !content || mediaType === undefined) return undefined;
  const media = document.follow(memberOf(content, mediaType), source.label);
  if (hasNoBody(document, source, media?.['schema'])) return undefined;
  warnAboutOtherMediaTypes(document, source, mediaType, Object.keys(content));
  const headers = readPartHeaders(document, source, mediaType, media?.['encoding']);
  const encoding = readEncoding(media?.['encoding'], headers.fixed);
  return {
    body: {
      mediaType: toConcrete(mediaType),
      schema: media?.['schema'],
      required: body['required'] === true,
      ...(encoding && { encoding }),
    },
    partHeaders: headers.given,
  };
}

function readEncoding(
  value: unknown,
  headers: ReadonlyMap<string, Readonly<Record<string, string>>>,
): Record<string, PropertyEncoding> | undefined {
  const entries = entriesOf(value).filter(([, encoding]) => isJsonObject(encoding));
  if (entries.length === 0) return undefined;
  return Object.fromEntries(
    entries.map(([name, encoding]) => [name, toEncoding(encoding, headers.get(name))]),
  );
}

function toEncoding(
  encoding: unknown,
  headers: Readonly<Record<string, string>> | undefined,
): PropertyEncoding {
  const contentType = textOf(memberOf(encoding, 'contentType'));
  const style = toStyle(memberOf(encoding, 'style'));
  const explode = memberOf(encoding, 'explode');
  return {
    ...(contentType !== undefined && { content_type: contentType }),
    ...(style && { style }),
    ...(typeof explode === 'boolean' && { explode }),
    ...(headers && { headers }),
  };
}
