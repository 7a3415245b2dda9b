/** Keys with a wrong name (`uses` for `run`), and the manifest as it would be with the right ones. */
import { isRecord } from '@oatty/types';
import type { ShapeIssue } from './draft-workflow.ts';
import { findMeantKey } from './key-advice.ts';
import { isPathKey, readPath, toPathKey } from './manifest-path.ts';
import type { ManifestPath } from './manifest-document.ts';

export interface MisnamedKey {
  readonly issue: Extract<ShapeIssue, { code: 'unrecognized_keys' }>;
  readonly parent: ManifestPath;
  readonly key: string;
  /** The key that it stands for, which is not there. */
  readonly meant: string;
}

/** At most one for each object: what the others stand for is seen when this one has its name. */
export function findMisnamedKeys(manifest: unknown, issues: readonly ShapeIssue[]): readonly MisnamedKey[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [];
    const parent = issue.path.filter(isPathKey);
    const siblings = readPath(manifest, parent);
    if (!isRecord(siblings)) return [];
    for (const key of issue.keys) {
      const meant = findMeantKey(parent, key);
      if (meant !== undefined && !Object.hasOwn(siblings, meant)) return [{ issue, parent, key, meant }];
    }
    return [];
  });
}

export function renameKeys(manifest: unknown, misnamed: readonly MisnamedKey[]): unknown {
  const byParent = new Map(misnamed.map((found) => [toPathKey(found.parent), found]));
  return rename(manifest, [], byParent);
}

// --- internal ---

function rename(value: unknown, path: ManifestPath, byParent: ReadonlyMap<string, MisnamedKey>): unknown {
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => rename(item, [...path, index], byParent));
  }
  if (!isRecord(value)) return value;
  const misnamed = byParent.get(toPathKey(path));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key === misnamed?.key ? misnamed.meant : key,
      rename(item, [...path, key], byParent),
    ]),
  );
}
