/**
 * Says that something in a few places may have changed. What did is for the caller to find out: events of file systems
 * are late, double, nameless, or missing.
 *
 *   W1. The operating system tells at once where it can; all places are looked at again every `pollMs` as well, for
 *       subdirectories, network drives, and directories that come and go.
 *   W2. Events are gathered until there was none for `settleMs`, so that a file is not read while it is written.
 *   W3. Watching holds no process open.
 */
import { statSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';

export interface WatchedPlace {
  readonly directory: string;
  /** Only this file counts. */
  readonly file?: string;
}

export interface WatchTimes {
  readonly pollMs: number;
  readonly settleMs: number;
}

export interface PlaceWatch {
  close(): void;
}

export function watchPlaces(
  places: readonly WatchedPlace[],
  onSign: () => void,
  { pollMs, settleMs }: WatchTimes,
): PlaceWatch {
  const settle = new Settling(onSign, settleMs);
  const watched = places.map((place) => new DirectoryWatch(place, () => settle.touch()));
  const timer = setInterval(() => {
    for (const place of watched) place.renew();
    onSign();
  }, pollMs).unref();
  return {
    close() {
      clearInterval(timer);
      settle.cancel();
      for (const place of watched) place.close();
    },
  };
}

// --- internal ---

/** W2 */
class Settling {
  readonly #tell: () => void;
  readonly #settleMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(tell: () => void, settleMs: number) {
    this.#tell = tell;
    this.#settleMs = settleMs;
  }

  touch(): void {
    this.cancel();
    this.#timer = setTimeout(this.#tell, this.#settleMs).unref();
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }
}

/** The watcher of one directory, as long as there is one. */
class DirectoryWatch {
  readonly #place: WatchedPlace;
  readonly #onEvent: () => void;
  #watcher: FSWatcher | undefined;
  /** Of the directory that is watched: one that was made again is another. */
  #inode: number | undefined;

  constructor(place: WatchedPlace, onEvent: () => void) {
    this.#place = place;
    this.#onEvent = onEvent;
    this.renew();
  }

  renew(): void {
    const { directory, file } = this.#place;
    const inode = statSync(directory, { throwIfNoEntry: false })?.ino;
    if (inode === this.#inode) return;
    this.close();
    if (inode === undefined) return;
    try {
      this.#watcher = watch(directory, { persistent: false }, (_, name) => {
        if (file === undefined || name === null || name === file) this.#onEvent();
      });
      this.#watcher.on('error', () => this.close()); // W1: it is looked at from time to time
      this.#inode = inode;
    } catch {
      // W1: too many watchers, or a file system that has none
    }
  }

  close(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    this.#inode = undefined;
  }
}
