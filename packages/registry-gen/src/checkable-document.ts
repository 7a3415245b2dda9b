/**
 * A description as the official schemas can judge it: these know less than readers of descriptions take.
 *
 *   C1. Path items and operations that are references to other files are put in their places.
 *   C2. Versions are texts. Numbers (`version: 1.0` without quotes) are told as departures here, since the checker
 *       would look at nothing else after them; and it knows only some patch versions.
 */
import type { JsonObject } from '@oatty/types';
import type { LoadedDescription } from './load/load-description.ts';
import { Document } from './model/document.ts';
import type { SpecificationVersion } from './model/identify-document.ts';
import { entriesOf, isJsonObject, memberOf } from './model/json-value.ts';
import { Warnings } from './model/warnings.ts';

export interface CheckableDocument {
  readonly document: Readonly<Record<string, unknown>>;
  readonly departures: readonly string[];
}

export function toCheckable(
  root: JsonObject,
  version: SpecificationVersion,
  { location }: LoadedDescription,
): CheckableDocument {
  const reader = new Document(root, version, location, new Warnings());
  const info = reader.follow(root['info'], 'info');
  const own = version === '2.0' ? 'swagger' : 'openapi';
  const numbers = [
    ...(typeof root[own] === 'number' ? [own] : []),
    ...(typeof info?.['version'] === 'number' ? ['info.version'] : []),
  ];
  return {
    document: {
      ...root,
      [own]: version === '2.0' ? version : `${version}.0`,
      ...(typeof info?.['version'] === 'number' && { info: { ...info, version: String(info['version']) } }),
      ...(isJsonObject(root['paths']) && { paths: withOperations(root['paths'], reader) }),
    },
    departures: numbers.map((name) => `document: "${name}" must be string.`),
  };
}

// --- internal ---

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** C1 */
function withOperations(paths: JsonObject, reader: Document): unknown {
  return Object.fromEntries(
    entriesOf(paths).map(([path, item]) => {
      const followed = reader.follow(item, path);
      if (followed === undefined) return [path, item];
      const operations = methods
        .filter((method) => memberOf(followed, method) !== undefined)
        .map((method) => [method, reader.follow(followed[method], path) ?? followed[method]]);
      return [path, { ...followed, ...Object.fromEntries(operations) }];
    }),
  );
}
