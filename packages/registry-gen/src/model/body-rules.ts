/**
 * What holds for the bodies of all versions.
 *
 *   Y1. HEAD and TRACE have no body, whatever the description says; GET has one from OpenAPI 3.1 on, which permits it,
 *       unless it is empty.
 *   Y2. A command sends one media type. The others are told, except for spellings of the same JSON.
 */
import type { Document } from './document.ts';
import { isJsonObject } from './json-value.ts';
import type { OperationSource } from './list-operations.ts';
import { isJsonMediaType, isPlainJson } from './media-types.ts';

/** Y1; a warning unless the described body is empty. */
export function hasNoBody(document: Document, source: OperationSource, schema: unknown): boolean {
  const { label, method } = source;
  if (!['GET', 'HEAD', 'TRACE'].includes(method)) return false;
  if (isEmptyObject(schema)) return true;
  const isPermitted = method === 'GET' && (document.version === '3.1' || document.version === '3.2');
  if (!isPermitted)
    document.warnings.add(label, `a ${method} request has no body; the described one is left out.`);
  return !isPermitted;
}

/** Y2 */
export function warnAboutOtherMediaTypes(
  document: Document,
  source: OperationSource,
  chosen: string,
  mediaTypes: readonly string[],
): void {
  const others = mediaTypes.filter(
    (mediaType) => mediaType !== chosen && !(isPlainJson(mediaType) && isJsonMediaType(chosen)),
  );
  if (others.length === 0) return;
  document.warnings.add(source.label, `the body is sent as ${chosen}, never as ${others.join(', ')}.`);
}

// --- internal ---

/** What generators write where there is no body: no schema, or an object that is declared to be empty. */
function isEmptyObject(schema: unknown): boolean {
  if (!isJsonObject(schema)) return schema === undefined;
  const { type, properties, additionalProperties, ...rest } = schema;
  const hasProperties = isJsonObject(properties) && Object.keys(properties).length > 0;
  const isClosed = properties !== undefined || additionalProperties === false;
  return !hasProperties && (isClosed || type !== 'object') && Object.keys(rest).length === 0;
}
