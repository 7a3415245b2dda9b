/**
 * What one call of an HTTP command takes, and the ports through which it reaches the world.
 *
 * The caller has checked the arguments against the command's schemas; this package checks only what a request
 * cannot be built without.
 */
import type {
  CatalogEntry,
  Command,
  CommandArguments,
  SchemaTable,
  SecurityScheme,
  SettingReference,
} from '@oatty/types';
import type { TokenCache } from './auth/token-cache.ts';

export interface HttpCall {
  /** A command whose `execution.kind` is `http`. */
  readonly command: Command;
  /** The settings of the catalog that the command belongs to. */
  readonly entry: CatalogEntry;
  /** Of the same catalog, by name. */
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
  /** At least every schema that the command reaches. */
  readonly schemas: SchemaTable;
  readonly arguments: CommandArguments;
  /** Values within the arguments that must not come out anywhere. */
  readonly secrets?: ReadonlySet<string>;
  /** Sent with POST, PUT, PATCH and DELETE, unless the command or the catalog turns it off. */
  readonly idempotencyKey?: string;
  /** Below every other source of headers: `user-agent`, say. Only the catalog's own hosts get them. */
  readonly extraHeaders?: Readonly<Record<string, string>>;
  /** Aborts the request in flight; the call then ends with `CANCELED`. */
  readonly signal?: AbortSignal;
  /** From connecting to the last byte; a response that is saved as a file must only keep moving. Default 30 s. */
  readonly timeoutMs?: number;
  readonly limits?: Partial<HttpLimits>;
  /** Follows the pages of a list. Absent: one request. */
  readonly paginate?: PageLimits;

  /** Looks up `${env:NAME}` and `${secret:NAME}` of the catalog's headers and credentials, never of arguments. */
  readonly resolveReference: (
    reference: SettingReference,
  ) => string | undefined | Promise<string | undefined>;
  /** Shared between calls so that they share OAuth tokens. Absent: every call asks for its own. */
  readonly tokenCache?: TokenCache;
  /** Reads a file that the arguments name, and refuses a larger one. Absent: files are refused with `PATH_NOT_ALLOWED`. */
  readonly readFile?: (path: string, maxBytes: number) => Promise<LocalFile>;
  /** Keeps a binary response and gives its path. Absent: binary responses come as base64. */
  readonly saveFile?: (file: IncomingFile) => Promise<string>;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export interface LocalFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mediaType?: string;
}

export interface IncomingFile {
  /** A bare file name without directories, or a made-up one. */
  readonly name: string;
  readonly mediaType: string;
  /** To be read to its end; throws `OattyError` when the response is cut off or too large. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface PageLimits {
  readonly maxPages: number;
  /** Default 10,000. */
  readonly maxItems?: number;
}

/** Each one that is passed ends the call with `LIMIT_EXCEEDED` and its name. */
export interface HttpLimits {
  /** After decompression. Default 10 MiB. */
  readonly maxResponseBytes: number;
  /** Nesting of a JSON response. Default 200. */
  readonly maxResponseDepth: number;
  /** A response that is saved as a file. Default 1 GiB. */
  readonly maxFileBytes: number;
  /** Status line and headers of a response. Default 64 KiB. */
  readonly maxHeaderBytes: number;
  /** The body that is sent, files included. Default 100 MiB. */
  readonly maxRequestBytes: number;
  /** Default 10. */
  readonly maxRedirects: number;
}

export function withDefaultLimits(limits: Partial<HttpLimits> = {}): HttpLimits {
  return {
    maxResponseBytes: 10 * 1024 ** 2,
    maxResponseDepth: 200,
    maxFileBytes: 1024 ** 3,
    maxHeaderBytes: 64 * 1024,
    maxRequestBytes: 100 * 1024 ** 2,
    maxRedirects: 10,
    ...limits,
  };
}
