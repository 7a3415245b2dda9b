/** Commands that can offer values, by path and by the words of their name. */
import { isPlaceholder } from './name-commands.ts';
import type { DraftCommand } from './to-command.ts';

export interface ProviderIndex {
  /** By the whole path, as in `DraftCommand.pathKeys`. */
  readonly byPath: ReadonlyMap<string, DraftCommand>;
  /** @param segments - concrete segments; spelling with `-`, `_` or capitals makes no difference */
  readonly byName: (segments: readonly string[]) => DraftCommand | undefined;
}

/** @param drafts - sorted by id: the first of several that would answer to one name counts */
export function createProviderIndex(drafts: readonly DraftCommand[]): ProviderIndex {
  const byPath = new Map<string, DraftCommand>();
  const byName = new Map<string, DraftCommand>();
  for (const draft of drafts.filter(isProvider)) {
    const path = draft.pathKeys.at(-1) ?? '';
    if (!byPath.has(path)) byPath.set(path, draft);
    const listName = /^\S+ (.*):list$/.exec(draft.command.id)?.[1];
    if (listName === undefined) continue;
    const nameKey = toNameKey(listName.split(':'));
    if (!byName.has(nameKey)) byName.set(nameKey, draft);
  }
  return { byPath, byName: (segments) => byName.get(toNameKey(segments)) };
}

// --- internal ---

/** Whether a command gives a list, or does not say what it gives. */
function isProvider({ command, operation, segments, list }: DraftCommand): boolean {
  if (operation.method !== 'GET' || isPlaceholder(segments.at(-1) ?? '')) return false;
  return list !== undefined || command.output_schema === undefined;
}

function toNameKey(segments: readonly string[]): string {
  return segments.join(':').toLowerCase().replaceAll(/[_-]/g, '');
}
