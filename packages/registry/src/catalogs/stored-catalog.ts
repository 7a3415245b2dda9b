/**
 * A catalog on disk: opens its tables, makes them again where they do not fit, notices a replaced manifest.
 */
import { OattyError } from '@oatty/types';
import { isSameStamp, stampOf } from '../files/file-stamp.ts';
import type { FileStamp } from '../files/file-stamp.ts';
import { readText } from '../files/read-text.ts';
import type { CatalogFiles } from './catalog-files.ts';
import { indexInMemory } from './indexed-catalog.ts';
import type { IndexedCatalog } from './indexed-catalog.ts';
import { LineCatalog } from './line-catalog.ts';
import { readLookup, writeLookup } from './lookup-file.ts';
import { parseManifest } from './read-manifest.ts';
import { serializeManifest } from './serialize-manifest.ts';
import type { Lookup } from './serialize-manifest.ts';

export class StoredCatalog {
  readonly #files: CatalogFiles;
  readonly #id: string;
  #stamp: FileStamp | undefined;
  #content: IndexedCatalog | undefined;
  #isChecked = false;

  constructor(files: CatalogFiles, id: string) {
    this.#files = files;
    this.#id = id;
  }

  /** Lets the next call look at the file again. */
  recheck(): void {
    this.#isChecked = false;
  }

  /** Whether `current` would give this without looking at the file. */
  holds(content: IndexedCatalog): boolean {
    return this.#isChecked && this.#content === content;
  }

  /**
   * The catalog as its file was when it was looked at.
   *
   * @throws {OattyError} `STORAGE_FAILED` when the manifest is missing or broken
   */
  current(): IndexedCatalog {
    if (this.#content !== undefined && this.#isChecked) return this.#content;
    const content = this.#read();
    this.#isChecked = true;
    return content;
  }

  #read(): IndexedCatalog {
    const stamp = stampOf(this.#files.manifest);
    if (stamp === undefined) throw toMissing(this.#files.manifest);
    if (this.#content !== undefined && isSameStamp(stamp, this.#stamp)) return this.#content;
    const lookup = readLookup(this.#files, stamp);
    this.#content = lookup === undefined ? this.#rebuild(stamp) : this.#open(lookup, stamp);
    this.#stamp = stamp;
    return this.#content;
  }

  #open(lookup: Lookup, stamp: FileStamp): IndexedCatalog {
    const successor = (outdated: IndexedCatalog) => this.#replace(outdated, stamp);
    return new LineCatalog({ files: this.#files, lookup, stamp, successor });
  }

  /** Another manifest has other tables; the same manifest has wrong ones, which are made again. */
  #replace(outdated: IndexedCatalog, stamp: FileStamp): IndexedCatalog {
    this.recheck();
    const current = this.current();
    if (current === outdated) this.#content = this.#rebuild(stamp);
    return this.#content ?? current;
  }

  /** A manifest in a layout that is not ours (formatted by hand) stays as it is and is kept in memory. */
  #rebuild(stamp: FileStamp): IndexedCatalog {
    const text = readText(this.#files.manifest);
    const manifest = parseManifest(text, this.#files.manifest, this.#id);
    const { text: ownLayout, lookup } = serializeManifest(manifest);
    if (ownLayout !== text) return indexInMemory(manifest);
    if (isSameStamp(stamp, stampOf(this.#files.manifest))) writeLookup(this.#files, lookup);
    return this.#open(lookup, stamp);
  }
}

// --- internal ---

function toMissing(path: string): OattyError {
  return new OattyError('STORAGE_FAILED', `The catalog file ${path} is missing.`, {
    suggestedAction: 'Import the catalog again with --overwrite, or remove it.',
    context: { path },
  });
}
