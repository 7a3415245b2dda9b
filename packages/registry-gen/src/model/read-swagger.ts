/**
 * Parameters, bodies and contents as Swagger 2.0 writes them.
 *
 *   W1. The schema of a parameter is the parameter itself; `emit/normalize-schema.ts` keeps what is a schema of it.
 *   W2. `formData` parameters together are a form body; with a file it is multipart.
 *   W3. `collectionFormat` becomes the style that writes the same.
 */
import type { JsonObject, ParameterStyle, PropertyEncoding } from '@oatty/types';
import { hasNoBody, warnAboutOtherMediaTypes } from './body-rules.ts';
import type { Document } from './document.ts';
import { isJsonObject, listOf, textOf } from './json-value.ts';
import type { OperationSource } from './list-operations.ts';
import { byPreference, isJsonMediaType, toConcrete } from './media-types.ts';
import type { Operation, OperationBody, OperationParameter } from './operation.ts';
import { isReservedHeader, mergeParameters, orderByPath } from './read-parameters.ts';

export function readSwaggerInputs(
  document: Document,
  source: OperationSource,
): Pick<Operation, 'parameters' | 'body'> {
  const raw = mergeParameters(document, source);
  const parameters = raw.flatMap((one) => toParameter(one) ?? []);
  const body = readBody(document, source, raw);
  return { parameters: orderByPath(document, source, parameters), ...(body && { body }) };
}

/** Media type → schema, of a response. */
export function readSwaggerContent(
  document: Document,
  source: OperationSource,
  response: JsonObject | undefined,
): Map<string, unknown> {
  const schema = response?.['schema'];
  if (schema === undefined) return new Map();
  const isFile = isJsonObject(schema) && schema['type'] === 'file';
  const fallback = isFile ? 'application/octet-stream' : 'application/json';
  return new Map(
    mediaTypesOf(document, source, 'produces', fallback).map((mediaType) => [mediaType, schema]),
  );
}

// --- internal ---

function toParameter(raw: JsonObject): OperationParameter | undefined {
  const name = textOf(raw['name']) ?? '';
  const place = raw['in'];
  if (place !== 'path' && place !== 'query' && place !== 'header') return undefined;
  if (place === 'header' && isReservedHeader(name)) return undefined;
  const description = textOf(raw['description']);
  return {
    name,
    in: place,
    required: place === 'path' || raw['required'] === true,
    ...(description !== undefined && { description }),
    schema: schemaOf(raw),
    ...toStyle(raw, place === 'query'),
  };
}

/** W1 */
function schemaOf(raw: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(raw).filter(([key]) => key !== 'description' && key !== 'required'),
  );
}

/** W3 */
function toStyle(raw: JsonObject, isForm: boolean): { style: ParameterStyle; explode: boolean } {
  const fallback = isForm ? 'form' : 'simple';
  if (!isForm || raw['type'] !== 'array') return { style: fallback, explode: false };
  switch (textOf(raw['collectionFormat']) ?? 'csv') {
    case 'multi':
      return { style: 'form', explode: true };
    case 'ssv':
      return { style: 'spaceDelimited', explode: false };
    case 'tsv':
      return { style: 'tabDelimited', explode: false };
    case 'pipes':
      return { style: 'pipeDelimited', explode: false };
    default:
      return { style: 'form', explode: false };
  }
}

function readBody(
  document: Document,
  source: OperationSource,
  raw: readonly JsonObject[],
): OperationBody | undefined {
  const whole = raw.find((parameter) => parameter['in'] === 'body');
  const fields = raw.filter((parameter) => parameter['in'] === 'formData');
  if (!whole && fields.length === 0) return undefined;
  if (hasNoBody(document, source, whole?.['schema'] ?? { type: 'object' })) return undefined;
  return whole ? toWholeBody(document, source, whole) : toFormBody(document, source, fields);
}

function toWholeBody(document: Document, source: OperationSource, raw: JsonObject): OperationBody {
  const mediaTypes = mediaTypesOf(document, source, 'consumes', 'application/json');
  const [mediaType = 'application/json'] = byPreference(mediaTypes);
  warnAboutOtherMediaTypes(document, source, mediaType, mediaTypes);
  return { mediaType: toConcrete(mediaType), schema: raw['schema'], required: raw['required'] === true };
}

/** W2 */
function toFormBody(
  document: Document,
  source: OperationSource,
  fields: readonly JsonObject[],
): OperationBody {
  const hasFile = fields.some((field) => field['type'] === 'file');
  const consumed = mediaTypesOf(document, source, 'consumes', urlEncoded).filter(
    (type) => !isJsonMediaType(type),
  );
  const required = fields.filter((field) => field['required'] === true).map((field) => field['name']);
  const encoding = Object.fromEntries(fields.filter((field) => field['type'] === 'array').map(toEncoding));
  return {
    mediaType: hasFile ? 'multipart/form-data' : (byPreference(consumed)[0] ?? urlEncoded),
    schema: {
      type: 'object',
      properties: Object.fromEntries(
        fields.map((field) => [textOf(field['name']) ?? '', fieldSchemaOf(field)]),
      ),
      ...(required.length > 0 && { required }),
    },
    required: required.length > 0,
    ...(Object.keys(encoding).length > 0 && { encoding }),
  };
}

const urlEncoded = 'application/x-www-form-urlencoded';

/** `required` of a field is a boolean; of a schema it is a list. */
function fieldSchemaOf(field: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(field).filter(([key]) => key !== 'required'));
}

function toEncoding(field: JsonObject): [string, PropertyEncoding] {
  return [textOf(field['name']) ?? '', toStyle(field, true)];
}

function mediaTypesOf(
  document: Document,
  source: OperationSource,
  key: 'consumes' | 'produces',
  fallback: string,
): string[] {
  const declared = listOf(source.operation[key] ?? document.root[key]).filter(
    (type) => typeof type === 'string',
  );
  return declared.length > 0 ? declared : [fallback];
}
