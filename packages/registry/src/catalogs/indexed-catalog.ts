/** The commands of one catalog, wherever they are kept, in the form that lookups and search need. */
import type {
  CatalogEntry,
  CatalogManifest,
  Command,
  JsonSchema,
  ProviderContract,
  SchemaTable,
  SecurityScheme,
} from '@oatty/types';
import { buildSearchIndex } from '../search/search-index.ts';
import type { SearchIndex } from '../search/search-index.ts';
import { sortedCommands, toRow } from './serialize-manifest.ts';
import type { CommandRow } from './serialize-manifest.ts';

export interface IndexedCatalog {
  /** Sorted by id. */
  readonly rows: readonly CommandRow[];
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
  readonly schemas: SchemaTable;
  command(position: number): Command | undefined;
  providers(): readonly ProviderContract[];
  searchIndex(): SearchIndex;
}

/** One catalog with its settings, ready to be asked. */
export interface OpenCatalog {
  readonly entry: CatalogEntry;
  readonly content: IndexedCatalog;
}

/** Position of a command in rows sorted by id; -1 when it is not there. */
export function positionOf(rows: readonly CommandRow[], id: string): number {
  const position = firstAtOrAfter(rows, id);
  return rows[position]?.id === id ? position : -1;
}

/** Position of the first row whose id is not before `id`. */
export function firstAtOrAfter(rows: readonly CommandRow[], id: string): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.id ?? '') < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A catalog that is wholly in memory: of a module, of the saved workflows, or one whose file has another layout. */
export function indexInMemory(manifest: CatalogManifest): IndexedCatalog {
  const commands = sortedCommands(manifest);
  let searchIndex: SearchIndex | undefined;
  return {
    rows: commands.map((command) => toRow(command, 0)),
    securitySchemes: manifest.security_schemes,
    schemas: manifest.schemas,
    command: (position) => commands[position],
    providers: () => manifest.providers,
    searchIndex: () => (searchIndex ??= buildSearchIndex(commands)),
  };
}

/** A table that reads each schema when it is first asked for. To whoever uses it, it is an ordinary object. */
export function lazySchemas(
  names: Iterable<string>,
  read: (name: string) => JsonSchema | undefined,
): SchemaTable {
  const table: Record<string, JsonSchema> = Object.create(null) as Record<string, JsonSchema>;
  for (const name of names) {
    Object.defineProperty(table, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value = read(name);
        Object.defineProperty(table, name, { enumerable: true, configurable: true, value });
        return value;
      },
    });
  }
  return table;
}
