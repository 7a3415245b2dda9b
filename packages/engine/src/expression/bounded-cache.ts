/** Keeps the values that were asked for last; the oldest makes room. */
export class BoundedCache<Value> {
  readonly #values = new Map<string, Value>();
  readonly #maxEntries: number;

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  /** The value for `key`, made by `create` when it is not there; what `create` throws is not kept. */
  getOrCreate(key: string, create: (key: string) => Value): Value {
    const known = this.#values.get(key);
    const value = known === undefined ? create(key) : known;
    this.#values.delete(key);
    this.#values.set(key, value);
    this.#makeRoom();
    return value;
  }

  #makeRoom(): void {
    const [oldest] = this.#values.size > this.#maxEntries ? this.#values.keys() : [];
    if (oldest !== undefined) this.#values.delete(oldest);
  }
}
