import type { BrokenWorkflow, ImportConsequences } from '@oatty/runtime';
import { toPrintable } from './printable.ts';

/**
 * What an import over a catalog changes, one line for each thing; nothing for a new catalog.
 *
 *     changes   2 added, 0 removed, 1 changed
 *     breaks    nightly: No command "shop orders:list". (line 4)
 */
export function toConsequenceLines({ changes, broken_workflows = [] }: ImportConsequences): string[] {
  if (changes === undefined) return [];
  const { added, removed, changed } = changes;
  const left = broken_workflows.length - maxShown;
  return [
    `  changes   ${added.length} added, ${removed.length} removed, ${changed.length} changed`,
    ...broken_workflows.slice(0, maxShown).map((broken) => `  breaks    ${toText(broken)}`),
    ...(left > 0 ? [`            … and ${left} more workflows`] : []),
  ];
}

// --- internal ---

const maxShown = 20;

function toText({ workflow_id, violation, violation_count }: BrokenWorkflow): string {
  const { message, line } = violation;
  const place = line === undefined ? '' : ` (line ${line})`;
  const more = violation_count > 1 ? ` and ${violation_count - 1} more` : '';
  return `${workflow_id}: ${toPrintable(message)}${place}${more}`;
}
