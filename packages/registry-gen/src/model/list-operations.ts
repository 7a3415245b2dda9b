/**
 * Finds the operations of a description.
 *
 *   O1. Sorted by path, then by method: the order in which names are given (`emit/name-commands.ts`).
 *   O2. A path item may be a reference; what stands beside the reference wins.
 *   O3. Webhooks and callbacks are calls of the API to others, never commands.
 */
import type { HttpMethod, JsonObject } from '@oatty/types';
import type { Document } from './document.ts';
import type { SpecificationVersion } from './identify-document.ts';
import { entriesOf, isJsonObject } from './json-value.ts';

/** An operation as the document has it. */
export interface OperationSource {
  readonly label: string;
  readonly method: HttpMethod;
  readonly path: string;
  readonly pathItem: JsonObject;
  readonly operation: JsonObject;
}

export function listOperations(document: Document): OperationSource[] {
  const paths = document.follow(document.root['paths'], 'paths');
  return entriesOf(paths)
    .filter(([path]) => !path.startsWith('x-'))
    .flatMap(([path, value]) => listOfPath(document, path, value))
    .sort((a, b) => compareText(a.path, b.path) || compareText(a.method, b.method));
}

/** Code point by code point: the same in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

// --- internal ---

function listOfPath(document: Document, writtenPath: string, value: unknown): OperationSource[] {
  const path = writtenPath.startsWith('/') ? writtenPath : `/${writtenPath}`;
  const pathItem = followPathItem(document, value, path);
  if (!pathItem) return [];
  const additional = document.version === '3.2' ? pathItem['additionalOperations'] : undefined;
  const candidates = [
    ...methodsOf(document.version).map((key) => [key.toUpperCase(), pathItem[key]] as const),
    ...entriesOf(document.follow(additional, path)),
  ];
  return candidates.flatMap(([method, candidate]) => {
    const label = `${method} ${path}`;
    const operation = document.follow(candidate, label);
    if (operation && !/^[A-Z][A-Z-]*$/.test(method)) {
      document.warnings.add(label, 'this is no HTTP method that can be sent.');
      return [];
    }
    if (operation && Object.keys(operation['callbacks'] ?? {}).length > 0)
      // O3
      document.warnings.add(label, 'its callbacks are calls of the API to others, and no commands.');
    return operation ? [{ label, method, path, pathItem, operation }] : [];
  });
}

function followPathItem(document: Document, value: unknown, path: string): JsonObject | undefined {
  if (!isJsonObject(value) || typeof value['$ref'] !== 'string')
    return isJsonObject(value) ? value : undefined;
  const { $ref, ...siblings } = value;
  return { ...document.follow({ $ref }, path), ...siblings }; // O2
}

function methodsOf(version: SpecificationVersion): readonly string[] {
  const common = ['delete', 'get', 'head', 'options', 'patch', 'post', 'put'];
  if (version === '2.0') return common;
  return version === '3.2' ? [...common, 'trace', 'query'] : [...common, 'trace'];
}
