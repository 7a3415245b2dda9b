/**
 * Changes the id inside the text of a workflow, and nothing else: comments, order and layout stay the author's.
 *
 * For YAML and JSON alike: the value of the key `workflow` is found in the tree, and only its characters are replaced.
 */
import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar } from 'yaml';
import type { Node } from 'yaml';
import { OattyError, isRecord } from '@oatty/types';
import type { TextLimits } from './parse-workflow-text.ts';
import { parseYaml, readYaml } from './read-yaml.ts';

/** @throws {OattyError} `WORKFLOW_PARSE_FAILED` when the id cannot be changed without changing more */
export function renameInText(content: string, newId: string, limits: TextLimits): string {
  const { document } = parseYaml(content);
  const map = document.contents;
  const pair = isMap(map)
    ? map.items.find(({ key }) => isScalar(key) && key.value === 'workflow')
    : undefined;
  const [start, end] = (pair?.value as Node | undefined)?.range ?? [0, 0];
  const renamed = content.slice(0, start) + toScalar(newId, content.slice(start, end)) + content.slice(end);
  if (!isRenamed(content, renamed, newId, limits)) {
    throw new OattyError(
      'WORKFLOW_PARSE_FAILED',
      'The id cannot be changed without changing more of the text.',
      {
        suggestedAction: 'Write the id as a plain value behind "workflow:", or change it by hand.',
      },
    );
  }
  return renamed;
}

// --- internal ---

/** Written as the author wrote it: in the same quotes, or in none where it needs none. */
function toScalar(id: string, before: string): string {
  const quote = /^["']/.exec(before)?.[0];
  if (quote !== undefined) return quote + id + quote;
  const isPlain = /^[A-Za-z_]/.test(id) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(id);
  return isPlain ? id : `'${id}'`;
}

/** Whether the new text says the same as the old one but for the id. */
function isRenamed(before: string, after: string, newId: string, limits: TextLimits): boolean {
  try {
    const { value: old } = readYaml(before, limits);
    const { value: renamed } = readYaml(after, limits);
    return isRecord(old) && isDeepStrictEqual(renamed, { ...old, workflow: newId });
  } catch {
    return false;
  }
}
