/** What of a run waits, gathered while the rest goes on: questions, and instants at which something is due. */
import type { Question } from '@oatty/types';

export class OpenWaits {
  readonly #questions: Question[] = [];
  #dueAt: number | undefined;

  get questions(): readonly Question[] {
    return this.#questions;
  }

  /** The earliest instant, in epoch milliseconds. */
  get dueAt(): number | undefined {
    return this.#dueAt;
  }

  get isOpen(): boolean {
    return this.#questions.length > 0 || this.#dueAt !== undefined;
  }

  add(questions: readonly Question[], dueAt?: number): void {
    this.#questions.push(...questions);
    if (dueAt !== undefined) this.#dueAt = Math.min(dueAt, this.#dueAt ?? dueAt);
  }
}
