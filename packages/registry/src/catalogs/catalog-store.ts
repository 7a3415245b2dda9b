/**
 * The catalogs on disk: `registry.json` with the user's settings, and one generated manifest per catalog.
 *
 * C1. Each change reads the registry again under the lock of all processes, so that no update is lost.
 * C2. The manifest is written before the entry that names it; an entry never points at a half-written file.
 * C3. A change by another process is seen at the next call.
 * C4. A change that somebody judged by an entry is made to that entry, or not at all.
 */
import { OattyError } from '@oatty/types';
import type { Catalog, CatalogCredential, CatalogEntry } from '@oatty/types';
import { readText } from '../files/read-text.ts';
import { removeFile } from '../files/remove-file.ts';
import { privateModes, writeCacheFile, writeFileDurably } from '../files/write-file.ts';
import type { RuntimePaths } from '../paths/resolve-paths.ts';
import { encodeSearchIndex } from '../search/encode-search-index.ts';
import { buildSearchIndex } from '../search/search-index.ts';
import { catalogFiles } from './catalog-files.ts';
import type { CatalogFiles } from './catalog-files.ts';
import { withAuth, withBaseUrl, withHeaders, withSecret } from './edit-entry.ts';
import type { HeaderEdit } from './edit-entry.ts';
import { checkCommandIds, checkJudged, checkNewManifest, checkReplacement, toEntry } from './import-rules.ts';
import type { CatalogSave } from './import-rules.ts';
import { positionOf } from './indexed-catalog.ts';
import { writeLookup } from './lookup-file.ts';
import { parseManifest } from './read-manifest.ts';
import { RegistryStorage } from './registry-storage.ts';
import { serializeManifest, sortedCommands } from './serialize-manifest.ts';
import { StoredCatalog } from './stored-catalog.ts';

export interface CatalogProblem {
  readonly catalog_id: string;
  readonly path: string;
  readonly message: string;
}

interface JudgedEdit {
  /** The entry by which somebody agreed to the change (C4). */
  readonly judged?: CatalogEntry;
}

export interface CatalogRemoval {
  readonly entry: CatalogEntry;
  readonly manifestRemoved: boolean;
  readonly remaining: number;
}

export function createCatalogStore(paths: Pick<RuntimePaths, 'registryFile' | 'catalogsDir'>): CatalogStore {
  return new CatalogStore(paths);
}

export class CatalogStore {
  readonly #registry: RegistryStorage;
  readonly #catalogsDir: string;

  constructor({ registryFile, catalogsDir }: Pick<RuntimePaths, 'registryFile' | 'catalogsDir'>) {
    this.#registry = new RegistryStorage(registryFile);
    this.#catalogsDir = catalogsDir;
  }

  /** In the order in which they were added. */
  async list(): Promise<readonly CatalogEntry[]> {
    return this.#registry.read();
  }

  /** @throws {OattyError} `CATALOG_NOT_FOUND` */
  async get(id: string): Promise<CatalogEntry> {
    return findEntry(this.#registry.read(), id);
  }

  /** @throws {OattyError} `CATALOG_NOT_FOUND`; `STORAGE_FAILED` when the manifest is missing or broken */
  async load(id: string): Promise<Catalog> {
    const entry = findEntry(this.#registry.read(), id);
    const { manifest } = this.filesOf(entry);
    return { entry, manifest: parseManifest(readText(manifest), manifest, id) };
  }

  /** Catalogs whose manifest cannot be used. They harm no other. */
  async problems(): Promise<readonly CatalogProblem[]> {
    return this.#registry.read().flatMap((entry) => {
      const message = this.#findProblem(entry);
      return message === undefined
        ? []
        : [{ catalog_id: entry.id, path: this.filesOf(entry).manifest, message }];
    });
  }

  /**
   * Writes a generated manifest and its entry.
   *
   * @throws {OattyError} `CATALOG_CONFLICT`, `ARGUMENT_INVALID`, `STORAGE_FAILED`
   */
  async save(save: CatalogSave): Promise<{ readonly entry: CatalogEntry; readonly overwritten: boolean }> {
    const { manifest } = save;
    checkNewManifest(manifest);
    const { text, lookup } = serializeManifest(manifest);
    const search = encodeSearchIndex(buildSearchIndex(sortedCommands(manifest)), lookup.manifest_sha256);
    return this.#registry.change(async (entries) => {
      const existing = entries.find((entry) => entry.id === manifest.id);
      checkReplacement(existing, save);
      if (save.judged !== undefined) checkJudged(manifest.id, save.judged.entry, existing);
      const others = entries.filter((entry) => entry.id !== manifest.id && entry.vendor === manifest.vendor);
      for (const other of others) this.#checkOther(save, other);
      const written = { file: `${manifest.id}.json`, sha256: lookup.manifest_sha256 };
      const entry = toEntry(save, existing, written);
      const files = this.filesOf(entry);
      await writeFileDurably(files.manifest, text, privateModes);
      writeLookup(files, lookup);
      writeCacheFile(files.search, search);
      const result = { entry, overwritten: existing !== undefined };
      return { entries: existing ? replaceEntry(entries, entry) : [...entries, entry], result };
    });
  }

  async setEnabled(id: string, enabled: boolean): Promise<CatalogEntry> {
    return this.#edit(id, (entry) => ({ ...entry, enabled }));
  }

  /** Adds the URL to the known ones and selects it. */
  async setBaseUrl(
    id: string,
    url: string,
    { publicOnly = false, ...judgement }: JudgedEdit & { readonly publicOnly?: boolean } = {},
  ): Promise<CatalogEntry> {
    return this.#edit(id, (entry) => withBaseUrl(entry, url, publicOnly), judgement);
  }

  async editHeaders(id: string, edit: HeaderEdit, judgement?: JudgedEdit): Promise<CatalogEntry> {
    return this.#edit(id, (entry) => withHeaders(entry, edit), judgement);
  }

  /** `undefined` forgets the credential. */
  async setAuth(
    id: string,
    scheme: string,
    credential: CatalogCredential | undefined,
  ): Promise<CatalogEntry> {
    return this.#edit(id, (entry) => {
      const schemes = this.open(entry).current().securitySchemes;
      return withAuth(entry, schemes, { scheme, credential });
    });
  }

  /** Lets manifests use `secrets.NAME` with this catalog's commands. */
  async bindSecret(id: string, name: string): Promise<CatalogEntry> {
    return this.#edit(id, (entry) => withSecret(entry, name));
  }

  async remove(
    id: string,
    { removeManifest = false }: { readonly removeManifest?: boolean } = {},
  ): Promise<CatalogRemoval> {
    await this.get(id);
    return this.#registry.change(async (entries) => {
      const entry = findEntry(entries, id);
      const others = entries.filter((other) => other !== entry);
      const afterwards = () => {
        if (removeManifest) Object.values(this.filesOf(entry)).forEach(removeFile);
      };
      return {
        entries: others,
        result: { entry, manifestRemoved: removeManifest, remaining: others.length },
        afterwards,
      };
    });
  }

  /** @internal for the command index */
  open(entry: CatalogEntry): StoredCatalog {
    return new StoredCatalog(this.filesOf(entry), entry.id);
  }

  filesOf(entry: CatalogEntry): CatalogFiles {
    return catalogFiles(this.#catalogsDir, entry.manifest);
  }

  async #edit(
    id: string,
    edit: (entry: CatalogEntry) => CatalogEntry,
    { judged }: JudgedEdit = {},
  ): Promise<CatalogEntry> {
    await this.get(id);
    return this.#registry.change(async (entries) => {
      const existing = findEntry(entries, id);
      if (judged !== undefined) checkJudged(id, judged, existing);
      const entry = edit(existing);
      return { entries: replaceEntry(entries, entry), result: entry };
    });
  }

  #findProblem(entry: CatalogEntry): string | undefined {
    try {
      this.open(entry).current();
      return undefined;
    } catch (thrown) {
      return OattyError.from(thrown).message;
    }
  }

  /** A broken catalog cannot be asked for its ids, and does not stand in the way of others. */
  #checkOther({ manifest }: CatalogSave, other: CatalogEntry): void {
    if (this.#findProblem(other) !== undefined) return;
    const { rows } = this.open(other).current();
    checkCommandIds(manifest, other, (id) => positionOf(rows, id) >= 0);
  }
}

// --- internal ---

function findEntry(entries: readonly CatalogEntry[], id: string): CatalogEntry {
  const entry = entries.find((candidate) => candidate.id === id);
  if (entry !== undefined) return entry;
  const known = entries.map((candidate) => candidate.id);
  throw new OattyError('CATALOG_NOT_FOUND', `There is no catalog "${id}".`, {
    suggestedAction:
      known.length === 0 ? 'Import one first.' : `Use one of: ${known.slice(0, 20).join(', ')}.`,
    context: { catalog_id: id },
  });
}

function replaceEntry(entries: readonly CatalogEntry[], entry: CatalogEntry): readonly CatalogEntry[] {
  return entries.map((candidate) => (candidate.id === entry.id ? entry : candidate));
}
