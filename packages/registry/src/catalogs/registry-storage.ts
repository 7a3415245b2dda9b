/**
 * Reads `registry.json` when it has changed, and changes it under the lock of all processes.
 */
import type { CatalogEntry } from '@oatty/types';
import { withFileLock } from '../files/file-lock.ts';
import { isSameStamp, stampOf } from '../files/file-stamp.ts';
import type { FileStamp } from '../files/file-stamp.ts';
import { readText } from '../files/read-text.ts';
import { privateModes, writeFileDurably } from '../files/write-file.ts';
import { formatRegistry, parseRegistry } from './registry-file.ts';

export interface RegistryChange<Result> {
  readonly entries: readonly CatalogEntry[];
  readonly result: Result;
  /** What may only be done when the registry is written. */
  readonly afterwards?: () => void;
}

export class RegistryStorage {
  readonly #path: string;
  #entries: readonly CatalogEntry[] = [];
  #stamp: FileStamp | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * @returns the same list as before while the file is the same
   * @throws {OattyError} `STORAGE_FAILED` for a registry that cannot be understood
   */
  read(): readonly CatalogEntry[] {
    const stamp = stampOf(this.#path);
    if (isSameStamp(stamp, this.#stamp)) return this.#entries;
    this.#entries = stamp === undefined ? [] : parseRegistry(readText(this.#path), this.#path);
    this.#stamp = stamp;
    return this.#entries;
  }

  /** The first read refuses a registry that cannot be understood before anything is touched. */
  async change<Result>(
    change: (entries: readonly CatalogEntry[]) => Promise<RegistryChange<Result>>,
  ): Promise<Result> {
    this.read();
    const work = async () => {
      const { entries, result, afterwards } = await change(this.read());
      await writeFileDurably(this.#path, formatRegistry(entries), privateModes);
      afterwards?.();
      return result;
    };
    return withFileLock(`${this.#path}.lock`, work, { modes: privateModes });
  }
}
