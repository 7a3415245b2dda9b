/**
 * Did-you-mean: the names that are most like a mistyped one.
 *
 *   N1. A name is offered when it differs by at most a third of its letters (at least one). Case and the separators
 *       `.`, `_` and `-` do not count.
 *   N2. Best first; ties in the order of the candidates. One that differs by nothing that counts is offered alone.
 */

const maxCandidates = 1_000;
const maxNameLength = 100;
const maxOffered = 10;

export function nearestNames(name: string, candidates: Iterable<string>, limit = 3): readonly string[] {
  if (name.length > maxNameLength) return [];
  const wanted = normalize(name);
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  const scored: { candidate: string; distance: number }[] = [];
  let seen = 0;
  for (const candidate of candidates) {
    seen += 1;
    if (seen > maxCandidates) break;
    const distance = editDistance(wanted, normalize(candidate), allowed);
    if (distance <= allowed) scored.push({ candidate, distance });
  }
  scored.sort((first, second) => first.distance - second.distance);
  const isExact = scored[0]?.distance === 0;
  const offered = isExact ? scored.filter(({ distance }) => distance === 0) : scored;
  return offered.slice(0, limit).map((entry) => entry.candidate);
}

/** `Did you mean "orders" or "order"?`, or `undefined` where nothing is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const nearest = nearestNames(name, candidates);
  if (nearest.length === 0) return undefined;
  return `Did you mean ${nearest.map((candidate) => `"${candidate}"`).join(' or ')}?`;
}

/** The nearest names, or the first of those that there are. */
export function suggestName(name: string, candidates: readonly string[]): string | undefined {
  const near = didYouMean(name, candidates);
  if (near !== undefined || candidates.length === 0) return near;
  const more = candidates.length > maxOffered ? ', …' : '';
  return `There are: ${candidates.slice(0, maxOffered).join(', ')}${more}.`;
}

/**
 * How many single-letter edits (insert, drop, replace, swap neighbours) lie between two texts.
 *
 * @returns the distance, or `max + 1` as soon as it is certain to be more than `max`
 */
export function editDistance(first: string, second: string, max: number): number {
  if (Math.abs(first.length - second.length) > max) return max + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: second.length + 1 }, (_, column) => column);
  let current: number[] = [];
  for (let row = 1; row <= first.length; row += 1) {
    current[0] = row;
    let least = row;
    for (let column = 1; column <= second.length; column += 1) {
      const isSame = first[row - 1] === second[column - 1];
      const isSwap =
        row > 1 && first[row - 1] === second[column - 2] && first[row - 2] === second[column - 1];
      const edited = Math.min(at(last, column), at(current, column - 1)) + 1;
      const replaced = at(last, column - 1) + (isSame ? 0 : 1);
      const swapped = isSwap ? at(beforeLast, column - 2) + 1 : replaced;
      const distance = Math.min(edited, replaced, swapped);
      current[column] = distance;
      if (distance < least) least = distance;
    }
    if (least > max) return max + 1;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return at(last, second.length);
}

// --- internal ---

function normalize(name: string): string {
  return name.toLowerCase().replaceAll(/[._-]/g, '');
}

/** Outside the table everything is out of reach. */
function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
