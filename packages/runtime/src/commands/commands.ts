/** Commands as callers see them: the operations, and the documents that they give. */
import type { RequestPreview } from '@oatty/api';
import type { Caller, Command, CommandResult, Effect, SchemaTable } from '@oatty/types';

export interface Commands {
  search(query: string, options?: SearchOptions): Promise<SearchDocument>;
  /** @throws {OattyError} `COMMAND_NOT_FOUND` with the nearest ids */
  get(commandId: string): Promise<CommandDocument>;
  list(options?: {
    readonly vendor?: string;
    readonly cursor?: string;
    readonly limit?: number;
  }): Promise<CommandPage>;
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
