import type { CatalogEntry, Command, SchemaTable } from '@oatty/types';

/** What planning and validation need to know of a catalog. */
export type CatalogSummary = Pick<
  CatalogEntry,
  'id' | 'title' | 'vendor' | 'enabled' | 'secrets' | 'idempotency' | 'document_version'
> & {
  /** Where its requests go. */
  readonly base_url?: string | null;
};

/** A command with the catalog it belongs to. */
export interface FoundCommand {
  readonly command: Command;
  readonly catalog: CatalogSummary;
  /** At least every schema that the command reaches. */
  readonly schemas: SchemaTable;
}

/** Finds commands. Synchronous, so that validation and planning are pure functions over it. */
export interface CommandSource {
  /** Commands of disabled catalogs are found too; `catalog.enabled` tells. */
  find(commandId: string): FoundCommand | undefined;
  /** Ids that are most like this one, best first, for did-you-mean. */
  nearest(commandId: string, limit: number): readonly string[];
  /** What makes a command be there that is not, where that is known. */
  advise?(commandId: string): string | undefined;
  catalogs(): readonly CatalogSummary[];
}
