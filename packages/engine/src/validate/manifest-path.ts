/** Places in a manifest, and what stands there. */
import { isRecord } from '@oatty/types';
import type { ManifestPath } from './manifest-document.ts';

export function readPath(value: unknown, path: ManifestPath): unknown {
  let reached = value;
  for (const key of path) {
    if (Array.isArray(reached) && typeof key === 'number') reached = reached[key] as unknown;
    else if (isRecord(reached) && Object.hasOwn(reached, key)) reached = reached[key];
    else return undefined;
  }
  return reached;
}

/** One text for one place, for sets and maps. */
export function toPathKey(path: ManifestPath): string {
  return JSON.stringify(path);
}

export function isPathKey(key: PropertyKey): key is string | number {
  return typeof key !== 'symbol';
}
