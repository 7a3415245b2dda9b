/**
 * A catalog: the commands of one API (or module, or the saved workflows), with base URL, headers and settings.
 *
 * It is kept in two places. `catalogs/<id>.json` is the manifest: generated from the description, never edited.
 * `registry.json` holds one entry per catalog: what the user set. A new import replaces the manifest and keeps the entry.
 */
import type { Command } from './command.ts';
import type { SchemaTable } from './json.ts';
import type { ProviderContract } from './provider.ts';

export type CatalogKind = 'openapi' | 'mcp' | 'module' | 'workflow';

export type SourceType = 'path' | 'url';

/** How the description says that callers prove who they are. */
export type SecurityScheme =
  | { readonly kind: 'api_key'; readonly in: 'header' | 'query' | 'cookie'; readonly name: string }
  | { readonly kind: 'basic' }
  | { readonly kind: 'bearer' }
  | {
      readonly kind: 'oauth2_client_credentials';
      readonly token_url: string;
      readonly scopes: readonly string[];
    }
  /** Anything that needs a browser or is unknown: the user gives a ready token as `Authorization: Bearer`. */
  | { readonly kind: 'token'; readonly note: string };

/** What is generated from a description. Same bytes for the same description and options. */
export interface CatalogManifest {
  readonly format_version: 1;
  readonly id: string;
  readonly title: string;
  readonly vendor: string;
  readonly description: string;
  readonly kind: CatalogKind;
  /** `openapi 3.1.0`, `swagger 2.0`, `module`. */
  readonly document: string;
  /** `info.version` of the description. */
  readonly document_version?: string;
  readonly base_urls: readonly string[];
  readonly security_schemes: Readonly<Record<string, SecurityScheme>>;
  /** Sorted by id. */
  readonly commands: readonly Command[];
  /** Sorted by command. */
  readonly providers: readonly ProviderContract[];
  readonly schemas: SchemaTable;
}

/**
 * Credentials of one security scheme. Values are text with references `${env:NAME}` and `${secret:NAME}`,
 * resolved when a request is built and never stored.
 */
export type CatalogCredential =
  | { readonly value: string }
  | { readonly username: string; readonly password: string }
  | { readonly client_id: string; readonly client_secret: string };

/** What the user set for a catalog; one entry of `registry.json`. */
export interface CatalogEntry {
  readonly id: string;
  readonly title: string;
  readonly vendor: string;
  readonly description: string;
  readonly kind: CatalogKind;
  readonly source: string;
  readonly source_type: SourceType;
  /** File name below the catalogs directory. */
  readonly manifest: string;
  readonly base_urls: readonly string[];
  /** The one that is used; `null` where the description names none and the user set none. */
  readonly base_url: string | null;
  /** Requests go to public addresses only: a description from the network chose the base URL, and nobody allowed more. */
  readonly public_only?: true;
  /** Sent with every request; values may hold `${env:NAME}` and `${secret:NAME}`. */
  readonly headers: Readonly<Record<string, string>>;
  /** By name of security scheme. */
  readonly auth: Readonly<Record<string, CatalogCredential>>;
  /** Names that manifests may use as `secrets.NAME` with this catalog's commands. */
  readonly secrets: readonly string[];
  /** Idempotency keys of mutating requests: sent under this header (`null`: not sent), and whether the API honours them. */
  readonly idempotency: { readonly header: string | null; readonly honoured: boolean };
  readonly enabled: boolean;
  /** SHA-256 of the manifest file. */
  readonly manifest_sha256: string;
  /** `info.version` of the description. */
  readonly document_version?: string;
  readonly command_count: number;
  readonly provider_contract_count: number;
}

/** A manifest with the user's settings: what the rest of the program works with. */
export interface Catalog {
  readonly entry: CatalogEntry;
  readonly manifest: CatalogManifest;
}

/** The slug of a title: `Shop API (v2)` → `shop-api-v2`. */
export function toCatalogId(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}
