/** What lists, pages and search results show of a command. */
import type { CatalogEntry, Effect, HttpMethod } from '@oatty/types';
import type { CommandRow } from './serialize-manifest.ts';

export interface CommandListing {
  readonly id: string;
  readonly summary: string;
  readonly effect: Effect;
  readonly method?: HttpMethod;
  readonly path?: string;
  readonly deprecated?: true;
  readonly catalog_id: string;
  /** Only there when the catalog is disabled. */
  readonly enabled?: false;
}

export interface CommandHit extends CommandListing {
  /** Comparable within one search only. */
  readonly score: number;
}

export interface CommandPage {
  readonly items: readonly CommandListing[];
  /** Opaque; absent on the last page. */
  readonly next_cursor?: string;
}

export interface CommandFilter {
  readonly vendor?: string;
  readonly includeDisabled?: boolean;
}

export function toListing(row: CommandRow, entry: CatalogEntry): CommandListing {
  const { id, summary, effect, method, path, deprecated } = row;
  return {
    id,
    summary,
    effect,
    ...(method !== undefined && { method }),
    ...(path !== undefined && { path }),
    ...(deprecated !== undefined && { deprecated }),
    catalog_id: entry.id,
    ...(!entry.enabled && { enabled: false }),
  };
}
