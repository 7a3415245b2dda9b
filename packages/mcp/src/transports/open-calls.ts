/** The answers that are open, by caller. */
import type { ServerResponse } from 'node:http';

export class OpenCalls {
  readonly #max: number;
  readonly #open = new Map<string, number>();
  /** Resolve when their call is answered; without those that wait for something else to happen. */
  readonly #working = new Set<Promise<void>>();

  /** @param max - of one caller */
  constructor(max: number) {
    this.#max = max;
  }

  /** @returns whether there was room; if so, the call is open until its response is */
  admit(caller: string, response: ServerResponse): boolean {
    const open = this.#open.get(caller) ?? 0;
    if (open >= this.#max) return false;
    this.#open.set(caller, open + 1);
    response.once('close', () => this.#release(caller));
    return true;
  }

  /** From now on the end of the server waits for this response. */
  await(response: ServerResponse): void {
    const answered = new Promise<void>((resolve) => {
      response.once('close', resolve);
    });
    this.#working.add(answered);
    void answered.then(() => this.#working.delete(answered));
  }

  /** Resolves when every call that is worked on now is answered. */
  async settled(): Promise<void> {
    await Promise.all(this.#working);
  }

  #release(caller: string): void {
    const open = (this.#open.get(caller) ?? 1) - 1;
    if (open === 0) this.#open.delete(caller);
    else this.#open.set(caller, open);
  }
}
