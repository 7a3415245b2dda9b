/**
 * Parameters of an operation.
 *
 *   P1. Those of the path item come first; one of the operation with the same name and place replaces it.
 *   P2. `Accept`, `Content-Type` and `Authorization` are no parameters (OpenAPI): the request builder sets them. Nor are
 *       headers that belong to the connection.
 *   P3. Every placeholder of the path is a required parameter, declared or not; a declared one without a placeholder
 *       has no place to go.
 */
import type { JsonObject } from '@oatty/types';
import type { Document } from './document.ts';
import type { OperationSource } from './list-operations.ts';
import { listOf, textOf } from './json-value.ts';
import type { OperationParameter } from './operation.ts';

/** P1, for all places of all versions, `body` and `formData` of Swagger 2.0 included. */
export function mergeParameters(document: Document, source: OperationSource): JsonObject[] {
  const merged = new Map<string, JsonObject>();
  for (const value of [...listOf(source.pathItem['parameters']), ...listOf(source.operation['parameters'])]) {
    const parameter = document.follow(value, source.label);
    const name = textOf(parameter?.['name']);
    const place = parameter?.['in'];
    if (!parameter || name === undefined || typeof place !== 'string') continue;
    merged.set(`${place} ${place === 'header' ? name.toLowerCase() : name}`, parameter);
  }
  return [...merged.values()];
}

/** P2 */
export function isReservedHeader(name: string): boolean {
  return reservedHeaders.has(name.toLowerCase());
}

/** P3, and path parameters in the order of the path before all others. */
export function orderByPath(
  document: Document,
  source: OperationSource,
  parameters: readonly OperationParameter[],
): OperationParameter[] {
  const declared = new Map(parameters.filter((one) => one.in === 'path').map((one) => [one.name, one]));
  const placeholders = placeholdersOf(source.path);
  for (const name of declared.keys()) {
    if (!placeholders.includes(name)) {
      document.warnings.add(source.label, `the path has no place for the path parameter "${name}".`);
    }
  }
  const ofPath = placeholders.map((name) => declared.get(name) ?? undeclared(document, source, name));
  return [...ofPath, ...parameters.filter((parameter) => parameter.in !== 'path')];
}

// --- internal ---

const reservedHeaders = new Set(
  (
    'accept content-type authorization ' +
    'connection content-length expect host keep-alive te trailer transfer-encoding upgrade'
  ).split(' '),
);

function placeholdersOf(path: string): string[] {
  return [...new Set([...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? ''))];
}

function undeclared(document: Document, source: OperationSource, name: string): OperationParameter {
  document.warnings.add(source.label, `the path parameter "${name}" is not declared; it is taken as text.`);
  return { name, in: 'path', required: true, schema: { type: 'string' }, style: 'simple', explode: false };
}
