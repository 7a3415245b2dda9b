/** Names of an Arazzo document → ids of a manifest. */
import { workflowIdPattern } from '@oatty/types';
import type { Findings } from './findings.ts';

/** Names that are ids stay; others are made ones, told apart by a number. A change is a warning. */
export function toIds(
  names: readonly string[],
  path: string,
  findings: Findings,
): ReadonlyMap<string, string> {
  const taken = new Set(names.filter((name) => workflowIdPattern.test(name)));
  const ids = new Map<string, string>();
  for (const name of names) {
    const id = taken.has(name) ? name : freeId(name, taken);
    taken.add(id);
    ids.set(name, id);
    if (id !== name) findings.warn(path, 'arazzo_name', `"${name}" is called "${id}" here.`);
  }
  return ids;
}

// --- internal ---

const maxLength = 64;

function freeId(name: string, taken: ReadonlySet<string>): string {
  const base = name.replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, maxLength) || 'unnamed';
  let id = base;
  for (let number = 2; taken.has(id); number++) {
    const suffix = `-${number}`;
    id = base.slice(0, maxLength - suffix.length) + suffix;
  }
  return id;
}
