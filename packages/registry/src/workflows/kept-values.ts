/**
 * What texts say, for those that were read last: an author validates, saves, plans and runs the same text.
 *
 * Values are shared by all who ask, so they are frozen. The text that was asked for longest ago makes room.
 */
export class KeptValues {
  readonly #values = new Map<string, { readonly value: unknown }>();
  readonly #maxChars: number;
  #chars = 0;

  /** @param maxChars - of all texts together */
  constructor(maxChars: number) {
    this.#maxChars = maxChars;
  }

  get(text: string): { readonly value: unknown } | undefined {
    const kept = this.#values.get(text);
    if (kept === undefined) return undefined;
    this.#values.delete(text);
    this.#values.set(text, kept);
    return kept;
  }

  /** @returns the value */
  keep<Value>(text: string, value: Value): Value {
    const frozen = freeze(value);
    if (text.length > this.#maxChars || this.#values.has(text)) return frozen;
    this.#values.set(text, { value: frozen });
    this.#chars += text.length;
    this.#makeRoom();
    return frozen;
  }

  #makeRoom(): void {
    for (const oldest of this.#values.keys()) {
      if (this.#chars <= this.#maxChars) return;
      this.#values.delete(oldest);
      this.#chars -= oldest.length;
    }
  }
}

// --- internal ---

function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const member of Object.values(value)) freeze(member);
  return Object.freeze(value);
}
