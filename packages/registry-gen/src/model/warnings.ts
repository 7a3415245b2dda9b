/** What an import tells the user about the description: each thing once, and not without end. */

export class Warnings {
  readonly #messages = new Set<string>();
  #left = 0;

  /** @param where - the operation (`GET /orders`) or the part of the document it is about */
  add(where: string, message: string): void {
    const line = `${where}: ${message}`;
    if (this.#messages.has(line)) return;
    if (this.#messages.size < maxWarnings) this.#messages.add(line);
    else this.#left++;
  }

  toList(): string[] {
    const rest = this.#left === 0 ? [] : [`There are ${this.#left} more warnings.`];
    return [...this.#messages, ...rest];
  }
}

// --- internal ---

const maxWarnings = 200;
