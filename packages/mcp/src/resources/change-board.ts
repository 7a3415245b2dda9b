/** Files are watched once for all clients, and only while there is one. */
import type { Changes, ChangeWatch, Oatty } from '@oatty/runtime';

export type ChangeListener = (changes: Changes) => void;

export class ChangeBoard {
  readonly #oatty: Pick<Oatty, 'watch'>;
  readonly #listeners = new Set<ChangeListener>();
  #watch: ChangeWatch | undefined;

  constructor(oatty: Pick<Oatty, 'watch'>) {
    this.#oatty = oatty;
  }

  join(listener: ChangeListener): void {
    this.#listeners.add(listener);
    this.#watch ??= this.#oatty.watch((changes) => {
      for (const tell of this.#listeners) tell(changes);
    });
  }

  leave(listener: ChangeListener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size > 0) return;
    this.#watch?.close();
    this.#watch = undefined;
  }
}
