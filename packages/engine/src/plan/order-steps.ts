/**
 * The order in which steps run one after the other: always the first in declaration order that is ready.
 *
 * `a` needing `c`, then `b`, then `c` gives `b, c, a`.
 */

/** A step by id, with the ids that must come before it. */
export interface Ordered {
  readonly id: string;
  readonly after: readonly string[];
}

/** Steps of a cycle, and those behind one, are left out; `findCycles` says which they are. Unknown ids block nothing. */
export function orderSteps<Item extends Ordered>(items: readonly Item[]): readonly Item[] {
  const known = new Set(items.map(({ id }) => id));
  const done = new Set<string>();
  const order: Item[] = [];
  const waiting = new Set(items);
  const isReady = ({ after }: Item) => after.every((id) => done.has(id) || !known.has(id));
  for (let next = firstOf(waiting, isReady); next !== undefined; next = firstOf(waiting, isReady)) {
    order.push(next);
    done.add(next.id);
    waiting.delete(next);
  }
  return order;
}

/** Groups of items that wait for each other, each in the order of declaration. */
export function findCycles(items: readonly Ordered[]): readonly (readonly string[])[] {
  const search = new CycleSearch(items);
  for (const { id } of items) search.visit(id);
  return search.cycles;
}

// --- internal ---

function firstOf<Item>(items: Iterable<Item>, isWanted: (item: Item) => boolean): Item | undefined {
  for (const item of items) if (isWanted(item)) return item;
  return undefined;
}

/** Strongly connected components, after Tarjan. Recursion is as deep as the longest chain of steps. */
class CycleSearch {
  readonly cycles: (readonly string[])[] = [];
  readonly #after: ReadonlyMap<string, readonly string[]>;
  readonly #ids: readonly string[];
  readonly #numbers = new Map<string, number>();
  readonly #stack: string[] = [];
  readonly #onStack = new Set<string>();

  constructor(items: readonly Ordered[]) {
    this.#after = new Map(items.map(({ id, after }) => [id, after]));
    this.#ids = items.map(({ id }) => id);
  }

  /** @returns the lowest number that can be reached from `id` */
  visit(id: string): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const own = this.#numbers.size;
    let lowest = own;
    this.#numbers.set(id, own);
    this.#stack.push(id);
    this.#onStack.add(id);
    for (const next of this.#after.get(id) ?? []) {
      const isNew = !this.#numbers.has(next);
      if (!this.#after.has(next) || (!isNew && !this.#onStack.has(next))) continue;
      lowest = Math.min(lowest, this.visit(next));
    }
    if (lowest === own) this.#takeGroup(id);
    return lowest;
  }

  #takeGroup(id: string): void {
    const group = this.#stack.splice(this.#stack.indexOf(id));
    for (const member of group) this.#onStack.delete(member);
    if (group.length === 1 && !this.#after.get(id)?.includes(id)) return;
    this.cycles.push(this.#ids.filter((candidate) => group.includes(candidate)));
  }
}
