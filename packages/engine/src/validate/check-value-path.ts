import { parseValuePath } from '../input/value-path.ts';
import type { ManifestPath } from './manifest-document.ts';
import type { Scene } from './scene.ts';

/** A path such as `data.items[0].id`, as `select`, bindings and `workflow_output` write them. */
export function checkValuePath(
  { report }: Scene,
  at: ManifestPath,
  path: string | null | undefined,
): boolean {
  if (path === null || path === undefined) return true;
  try {
    parseValuePath(path);
    return true;
  } catch (thrown) {
    report.badExpression(at, thrown);
    return false;
  }
}
