/**
 * Every command that there is: found by id, listed, searched.
 *
 * X1. `refresh` notices what changed in the registry and in the manifests; everything else answers at once and reads
 *     as little as it can: a lookup opens the catalogs of one vendor only, and parses one line.
 * X2. Catalogs of modules and of saved workflows live in memory and are registered by whoever owns them.
 * X3. A catalog that cannot be read harms no other. Asking for one of its commands says why it is not there.
 */
import { OattyError } from '@oatty/types';
import type {
  Catalog,
  CatalogEntry,
  Command,
  ProviderContract,
  SchemaTable,
  SecurityScheme,
} from '@oatty/types';
import type { CatalogStore } from './catalog-store.ts';
import type { CommandFilter, CommandPage } from './command-listing.ts';
import { checkCommandIds } from './import-rules.ts';
import { indexInMemory, positionOf } from './indexed-catalog.ts';
import type { IndexedCatalog, OpenCatalog } from './indexed-catalog.ts';
import { nearestIds } from '../text/nearest-ids.ts';
import { pageCommands } from './page-commands.ts';
import type { PageOptions } from './page-commands.ts';
import { searchCommands } from './search-commands.ts';
import type { SearchResult } from './search-commands.ts';
import { compareText } from '../text/compare-text.ts';
import type { StoredCatalog } from './stored-catalog.ts';

/** A command with the catalog it belongs to; commands of disabled catalogs are found too, `entry.enabled` tells. */
export interface FoundCommand {
  readonly command: Command;
  readonly entry: CatalogEntry;
  /** Every schema of the catalog; each is read when it is first used. */
  readonly schemas: SchemaTable;
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
}

export function createCommandIndex(store: CatalogStore): CommandIndex {
  return new CommandIndex(store);
}

export class CommandIndex {
  readonly #store: CatalogStore;
  #entries: readonly CatalogEntry[] = [];
  #stored = new Map<string, StoredCatalog>();
  readonly #registered = new Map<string, OpenCatalog>();
  /** What was found since the catalogs were last looked at: a run asks for the same few commands at every step. */
  readonly #found = new Map<string, KeptCommand>();

  constructor(store: CatalogStore) {
    this.#store = store;
  }

  /**
   * To be called before anything else, and whenever the registry may have changed; costs next to nothing when it
   * has not.
   *
   * @throws {OattyError} `STORAGE_FAILED` when the registry cannot be understood
   */
  async refresh(): Promise<void> {
    const entries = await this.#store.list();
    this.#found.clear();
    for (const stored of this.#stored.values()) stored.recheck();
    if (entries === this.#entries) return;
    const known = new Map(this.#entries.map((entry) => [entry.id, entry.manifest]));
    const opened = entries.map((entry) => {
      const kept = known.get(entry.id) === entry.manifest ? this.#stored.get(entry.id) : undefined;
      return [entry.id, kept ?? this.#store.open(entry)] as const;
    });
    this.#stored = new Map(opened);
    this.#entries = entries;
  }

  /**
   * Adds a catalog that is not on disk, or replaces it.
   *
   * @throws {OattyError} `CATALOG_CONFLICT` when another catalog has its id or one of its commands
   */
  register({ entry, manifest }: Catalog): void {
    for (const other of this.#open({ vendor: entry.vendor, includeDisabled: true })) {
      if (other.entry.id === entry.id && this.#registered.has(entry.id)) continue;
      checkCommandIds(manifest, other.entry, (id) => positionOf(other.content.rows, id) >= 0);
    }
    this.#registered.set(entry.id, { entry, content: indexInMemory(manifest) });
    this.#found.clear();
  }

  unregister(catalogId: string): void {
    this.#registered.delete(catalogId);
    this.#found.clear();
  }

  /**
   * @returns `undefined` when no catalog has the command
   * @throws {OattyError} `STORAGE_FAILED` when a catalog that may have it cannot be read
   */
  find(commandId: string): FoundCommand | undefined {
    const kept = this.#found.get(commandId);
    if (kept !== undefined && this.#isCurrent(kept)) return kept.found;
    const fresh = this.#lookUp(commandId);
    if (fresh !== undefined) this.#found.set(commandId, fresh);
    return fresh?.found;
  }

  /** Every catalog, those in memory last. */
  entries(): readonly CatalogEntry[] {
    return [...this.#entries, ...[...this.#registered.values()].map(({ entry }) => entry)];
  }

  /** Sorted. */
  ids(filter: CommandFilter = {}): readonly string[] {
    return this.#open(filter)
      .flatMap(({ content }) => content.rows.map((row) => row.id))
      .sort(compareText);
  }

  /** Sorted; those of disabled catalogs too. */
  vendors(): readonly string[] {
    return [...new Set(this.entries().map((entry) => entry.vendor))].sort(compareText);
  }

  /** Ids of enabled commands that may be meant: first what is spelled alike, then what search finds. */
  nearest(commandId: string, limit = 3): readonly string[] {
    const vendor = this.#nearestVendor(vendorOf(commandId));
    const filter = vendor === undefined ? {} : { vendor };
    const alike = nearestIds(commandId, this.ids(filter), limit);
    const words = commandId.slice(commandId.indexOf(' ') + 1).slice(0, maxWordsChars);
    if (words.trim() === '' || alike.length === limit) return alike;
    const related = searchCommands(this.#open(filter), words, limit).items.map(({ id }) => id);
    return [...new Set([...alike, ...related])].slice(0, limit);
  }

  page({ cursor, limit, ...filter }: CommandFilter & PageOptions = {}): CommandPage {
    return pageCommands(this.#open(filter), {
      ...(cursor !== undefined && { cursor }),
      ...(limit !== undefined && { limit }),
    });
  }

  /** @throws {OattyError} `ARGUMENT_INVALID` for an empty query or an impossible limit */
  search(
    query: string,
    { limit, ...filter }: CommandFilter & { readonly limit?: number } = {},
  ): SearchResult {
    return searchCommands(this.#open(filter), query, limit);
  }

  /** Sorted by command. */
  providers(filter: CommandFilter = {}): readonly ProviderContract[] {
    return this.#open(filter)
      .flatMap(({ content }) => content.providers())
      .sort((first, second) => compareText(first.command, second.command));
  }

  /** What the command takes and gives as a provider; `undefined` when it is none. */
  provider(commandId: string): ProviderContract | undefined {
    const contracts = this.providers({ vendor: vendorOf(commandId) });
    return contracts.find((contract) => contract.command === commandId);
  }

  /** The catalogs that pass the filter and can be read; `failures` takes the reasons of the others. */
  #open({ vendor, includeDisabled = false }: CommandFilter, failures: OattyError[] = []): OpenCatalog[] {
    const wanted = (entry: CatalogEntry) =>
      (vendor === undefined || entry.vendor === vendor) && (includeDisabled || entry.enabled);
    const stored = this.#entries.filter(wanted).flatMap((entry) => {
      try {
        const content = this.#stored.get(entry.id)?.current();
        return content === undefined ? [] : [{ entry, content }];
      } catch (thrown) {
        failures.push(OattyError.from(thrown));
        return [];
      }
    });
    return [...stored, ...[...this.#registered.values()].filter(({ entry }) => wanted(entry))];
  }

  /** A manifest that was replaced may be noticed while it is read, between two refreshes. */
  #isCurrent({ found, content }: KeptCommand): boolean {
    const { id } = found.entry;
    return this.#registered.get(id)?.content === content || this.#stored.get(id)?.holds(content) === true;
  }

  #lookUp(commandId: string): KeptCommand | undefined {
    const failures: OattyError[] = [];
    for (const { entry, content } of this.#open(
      { vendor: vendorOf(commandId), includeDisabled: true },
      failures,
    )) {
      const position = positionOf(content.rows, commandId);
      if (position < 0) continue;
      const command = content.command(position);
      if (command === undefined) continue;
      const { securitySchemes } = content;
      const found = {
        command,
        entry,
        securitySchemes,
        get schemas() {
          return content.schemas;
        },
      };
      return { found, content };
    }
    if (failures[0] !== undefined) throw failures[0];
    return undefined;
  }

  #nearestVendor(vendor: string): string | undefined {
    const vendors = this.vendors();
    return vendors.includes(vendor) ? vendor : nearestIds(vendor, vendors, 1)[0];
  }
}

// --- internal ---

interface KeptCommand {
  readonly found: FoundCommand;
  readonly content: IndexedCatalog;
}

const maxWordsChars = 200;

/** `github issues:create` → `github` */
function vendorOf(commandId: string): string {
  return commandId.slice(0, Math.max(0, commandId.indexOf(' ')));
}
