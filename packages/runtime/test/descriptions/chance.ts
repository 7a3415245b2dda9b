/** Choices that a seed decides: the same seed makes the same document and the same calls. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 to 1 (mulberry32). */
  number(): number {
    this.#state = (this.#state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  isTrue(probability: number): boolean {
    return this.number() < probability;
  }

  /** From 0 to `count - 1`. */
  below(count: number): number {
    return Math.floor(this.number() * count);
  }

  oneOf<const Values extends readonly [unknown, ...unknown[]]>(values: Values): Values[number] {
    return values[this.below(values.length)];
  }

  /** Up to `most` of what `make` gives. */
  listOf<Value>(most: number, make: () => Value): Value[] {
    return Array.from({ length: this.below(most + 1) }, make);
  }

  /** As JSON text would give it: `__proto__` is a key like others. */
  mapOf(most: number, name: () => string, make: () => unknown): Record<string, unknown> {
    return Object.fromEntries(this.listOf(most, () => [name(), make()]));
  }
}
