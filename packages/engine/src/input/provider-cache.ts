import type { Choice } from './provider-choices.ts';

export interface CachedChoices {
  readonly atMs: number;
  readonly choices: readonly Choice[];
}

/** What providers answered, by caller, command and arguments. One per process; entries outlive their time for `on_error: cached`. */
export class ProviderCache {
  readonly #entries = new Map<string, CachedChoices>();
  readonly #maxEntries: number;

  constructor(maxEntries = 200) {
    this.#maxEntries = maxEntries;
  }

  get(key: string): CachedChoices | undefined {
    return this.#entries.get(key);
  }

  /** The entry that was written first makes room. */
  set(key: string, entry: CachedChoices): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#maxEntries && oldest !== undefined) this.#entries.delete(oldest);
  }
}
