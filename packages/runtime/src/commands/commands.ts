/** Commands as callers see them: the operations, and the documents that they give. */
import type { RequestPreview } from '@oatty/api';
import type {
  Caller,
  Command,
  CommandParameter,
  CommandResult,
  Effect,
  JsonSchema,
  ProviderContract,
  SchemaTable,
} from '@oatty/types';
import type { BoundedPage } from './bounded-page.ts';

export interface Commands {
  search(query: string, options?: SearchOptions): Promise<SearchDocument>;
  /** @throws {OattyError} `COMMAND_NOT_FOUND` with the nearest ids */
  get(commandId: string): Promise<CommandDocument>;
  list(options?: {
    readonly vendor?: string;
    readonly cursor?: string;
    readonly limit?: number;
  }): Promise<CommandPage>;
  /** Commands of enabled catalogs in brief, by id: pages of at most 100, bounded in size. */
  catalog(options?: CatalogPageOptions): Promise<CommandCatalogDocument>;
  /** Commands that offer values for inputs, by id: pages of at most 100, bounded in size. */
  providers(options?: CatalogPageOptions): Promise<ProviderCatalogDocument>;
  /** Of a vendor's enabled commands, sorted. The descriptions are not read. */
  ids(vendor: string): Promise<readonly string[]>;
  /** Runs one command. */
  run(commandId: string, call?: CommandRunOptions): Promise<CommandResult>;
  /** The request that `run` would send, with credentials masked. HTTP commands only. */
  preview(commandId: string, call?: CommandRunOptions): Promise<RequestPreview>;
}

export interface SearchOptions {
  readonly vendor?: string;
  readonly limit?: number;
}

export interface SearchDocument {
  readonly items: readonly {
    readonly id: string;
    readonly summary: string;
    readonly effect: Effect;
    readonly method?: string;
    readonly path?: string;
    readonly catalog_id: string;
    readonly score: number;
  }[];
  readonly total: number;
}

/** A command with every schema it reaches. */
export interface CommandDocument {
  readonly command: Command;
  readonly catalog_id: string;
  readonly enabled: boolean;
  readonly schemas: SchemaTable;
}

export interface CommandPage {
  readonly items: readonly Command[];
  readonly next_cursor?: string;
}

export interface CatalogPageOptions {
  readonly vendor?: string;
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
  /** 1 to 100; default 50. A page can hold less, because its size is bounded. */
  readonly limit?: number;
}

export type CommandCatalogDocument = BoundedPage<CommandBrief>;

/** A command without its descriptions, its output, and the details of its schemas. */
export interface CommandBrief {
  readonly id: string;
  readonly summary: string;
  readonly effect: Effect;
  readonly method?: string;
  readonly path?: string;
  readonly catalog_id: string;
  readonly deprecated?: true;
  readonly parameters: readonly (Pick<CommandParameter, 'name' | 'in' | 'required'> & {
    readonly schema: JsonSchema;
    /** Id of the command that lists its values. */
    readonly provider?: string;
  })[];
  readonly body?: { readonly media_type: string; readonly required: boolean; readonly schema: JsonSchema };
}

export type ProviderCatalogDocument = BoundedPage<ProviderListing>;

export interface ProviderListing extends Omit<ProviderContract, 'command'> {
  /** Of the command: what `provider` of an input names. */
  readonly id: string;
  readonly summary: string;
  readonly required_arguments: readonly string[];
  /** What `select` of an input may say: the field to take, and the one to show. */
  readonly select: { readonly value_field?: string; readonly display_field?: string };
}

export interface CommandRunOptions {
  readonly with?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly caller?: Caller;
  readonly signal?: AbortSignal;
  /** Refuses a command that does more than this. */
  readonly maxEffect?: Effect;
  /** A person has agreed. */
  readonly confirmed?: boolean;
  /** Texts are converted to the types of the parameters, as a command line needs it. */
  readonly coerce?: boolean;
  /** Follows the pages of a list, up to this many. */
  readonly maxPages?: number;
}
