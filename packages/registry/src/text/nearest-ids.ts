/** Ids that look like a mistyped one. */
import { editDistance } from '@oatty/types';
import { compareText } from './compare-text.ts';

/**
 * @param ids - the candidates
 * @returns at most `limit`, the nearest first; none that differs in more than a quarter of its letters
 */
export function nearestIds(wanted: string, ids: Iterable<string>, limit: number): string[] {
  const max = Math.max(2, Math.floor(wanted.length / 4));
  const found: { id: string; distance: number }[] = [];
  for (const id of ids) {
    const distance = editDistance(wanted, id, max);
    if (distance <= max) found.push({ id, distance });
  }
  found.sort((first, second) => first.distance - second.distance || compareText(first.id, second.id));
  return found.slice(0, limit).map(({ id }) => id);
}
