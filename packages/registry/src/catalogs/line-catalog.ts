/**
 * A catalog whose commands and schemas are read from its manifest line by line, when they are asked for.
 *
 * When the manifest turns out to be another one, or a line is not what the tables say, the successor answers.
 */
import type {
  CatalogManifest,
  Command,
  JsonSchema,
  ProviderContract,
  SchemaTable,
  SecurityScheme,
} from '@oatty/types';
import { readFileSync } from 'node:fs';
import type { FileStamp } from '../files/file-stamp.ts';
import { writeCacheFile } from '../files/write-file.ts';
import { decodeSearchIndex, encodeSearchIndex } from '../search/encode-search-index.ts';
import { buildSearchIndex } from '../search/search-index.ts';
import type { SearchIndex } from '../search/search-index.ts';
import type { CatalogFiles } from './catalog-files.ts';
import { lazySchemas, positionOf } from './indexed-catalog.ts';
import type { IndexedCatalog } from './indexed-catalog.ts';
import { readSpan } from './read-span.ts';
import type { Span } from './read-span.ts';
import { separatorBytes } from './serialize-manifest.ts';
import type { CommandRow, Lookup } from './serialize-manifest.ts';

export interface LineCatalogOptions {
  readonly files: CatalogFiles;
  readonly lookup: Lookup;
  /** The manifest that the tables belong to. */
  readonly stamp: FileStamp;
  /** The catalog as it is now; called when this one does not fit its file. */
  readonly successor: (outdated: IndexedCatalog) => IndexedCatalog;
}

export class LineCatalog implements IndexedCatalog {
  readonly rows: readonly CommandRow[];
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
  readonly #options: LineCatalogOptions;
  /** The commands that were read last, by position: a run asks for the same few again and again. */
  readonly #commands = new Map<number, Command>();
  #commandSpans: readonly Span[] | undefined;
  #schemaSpans: ReadonlyMap<string, Span> | undefined;
  #schemas: SchemaTable | undefined;
  #searchIndex: SearchIndex | undefined;

  constructor(options: LineCatalogOptions) {
    this.#options = options;
    this.rows = options.lookup.commands;
    this.securitySchemes = options.lookup.security_schemes;
  }

  command(position: number): Command | undefined {
    const kept = this.#commands.get(position);
    if (kept !== undefined) return kept;
    const { lookup } = this.#options;
    this.#commandSpans ??= spansFrom(
      lookup.commands_at,
      lookup.commands.map(({ bytes }) => bytes),
    );
    const row = this.rows[position];
    const span = this.#commandSpans[position];
    if (row === undefined || span === undefined) return undefined;
    const command = this.#parse(span) as Command | undefined; // written by oatty alone, as all lines are
    if (command?.id === row.id) return this.#keep(position, command);
    const successor = this.#successor();
    return successor.command(positionOf(successor.rows, row.id));
  }

  get schemas(): SchemaTable {
    return (this.#schemas ??= lazySchemas(
      this.#options.lookup.schemas.map(([name]) => name),
      (name) => this.#readSchema(name),
    ));
  }

  providers(): readonly ProviderContract[] {
    const { providers_at: at, providers_bytes: bytes } = this.#options.lookup;
    const contracts = this.#parse({ at, bytes }, '[', ']') as readonly ProviderContract[] | undefined;
    return contracts ?? this.#successor().providers();
  }

  searchIndex(): SearchIndex {
    return (this.#searchIndex ??= this.#readSearchIndex() ?? this.#buildSearchIndex());
  }

  #keep(position: number, command: Command): Command {
    const [oldest] = this.#commands.keys();
    if (oldest !== undefined && this.#commands.size >= maxKeptCommands) this.#commands.delete(oldest);
    this.#commands.set(position, command);
    return command;
  }

  #readSchema(name: string): JsonSchema | undefined {
    this.#schemaSpans ??= schemaSpans(this.#options.lookup);
    const span = this.#schemaSpans.get(name);
    const line = span && (this.#parse(span, '{', '}') as SchemaTable | undefined);
    if (line !== undefined && Object.hasOwn(line, name)) return line[name];
    const { schemas } = this.#successor();
    return Object.hasOwn(schemas, name) ? schemas[name] : undefined;
  }

  #readSearchIndex(): SearchIndex | undefined {
    try {
      const text = readFileSync(this.#options.files.search, 'utf8');
      return decodeSearchIndex(text, this.#options.lookup.manifest_sha256);
    } catch {
      return undefined;
    }
  }

  #buildSearchIndex(): SearchIndex {
    const { files, lookup } = this.#options;
    const manifest = this.#parse({ at: 0, bytes: lookup.manifest_bytes }) as CatalogManifest | undefined;
    if (manifest === undefined) return this.#successor().searchIndex();
    const index = buildSearchIndex(manifest.commands);
    writeCacheFile(files.search, encodeSearchIndex(index, lookup.manifest_sha256));
    return index;
  }

  /** @returns `undefined` when the span is not what the tables say */
  #parse(span: Span, before = '', after = ''): unknown {
    const { files, stamp } = this.#options;
    const text = readSpan(files.manifest, stamp, span);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(before + text + after);
    } catch {
      return undefined;
    }
  }

  #successor(): IndexedCatalog {
    return this.#options.successor(this);
  }
}

// --- internal ---

/** In GitHub's catalog 5 kB of text each. */
const maxKeptCommands = 256;

function spansFrom(start: number, lengths: readonly number[]): Span[] {
  let at = start;
  return lengths.map((bytes) => {
    const span = { at, bytes };
    at += bytes + separatorBytes;
    return span;
  });
}

function schemaSpans(lookup: Lookup): Map<string, Span> {
  const spans = spansFrom(
    lookup.schemas_at,
    lookup.schemas.map(([, bytes]) => bytes),
  );
  return new Map(spans.map((span, index) => [lookup.schemas[index]?.[0] ?? '', span] as const));
}
