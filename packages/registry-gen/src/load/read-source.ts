/** The text behind a path or an address, within the limits. */
import type { SourceType } from '@oatty/types';
import { defaultLimits, type LoadLimits } from './limits.ts';
import { readTextFile } from './read-file.ts';
import { locateSource, withoutCredentials } from './source-location.ts';

export interface LoadOptions {
  /** A path or an http(s) address. */
  readonly source: string;
  /** Default: `url` for what begins with `http://` or `https://`, else `path`. */
  readonly sourceType?: SourceType;
  /** Lets addresses be private or loopback, never link-local. */
  readonly allowPrivate?: boolean;
  readonly limits?: Partial<LoadLimits>;
  /** What relative paths are relative to; default: the directory of the process. */
  readonly cwd?: string;
  readonly signal?: AbortSignal;
}

export interface SourceText {
  /** As given, without credentials. */
  readonly source: string;
  readonly sourceType: SourceType;
  readonly text: string;
}

/**
 * @throws {OattyError} `SOURCE_NOT_FOUND`, `ADDRESS_NOT_ALLOWED`, `NETWORK_ERROR`, `HTTP_ERROR`, `LIMIT_EXCEEDED`,
 *   `ARGUMENT_INVALID`, `STORAGE_FAILED`, `CANCELED`, `OPENAPI_SOURCE_PARSE_FAILED`
 */
export async function readSource(options: LoadOptions): Promise<SourceText> {
  const { source, sourceType: given, cwd = process.cwd(), limits } = options;
  const { sourceType, url } = await locateSource(source, given, cwd);
  const { text } = await readLocation(url, options, { ...defaultLimits, ...limits });
  return { source: withoutCredentials(source), sourceType, text };
}

/** @param limits - `maxBytes` and `timeoutMs` count */
export async function readLocation(
  url: URL,
  { allowPrivate = false, signal }: LoadOptions,
  { maxBytes, timeoutMs }: Pick<LoadLimits, 'maxBytes' | 'timeoutMs'>,
): Promise<{ text: string; url: URL }> {
  if (url.protocol === 'file:') return { text: await readTextFile(url, maxBytes), url };
  const { readUrl } = await import('./read-url.ts'); // files need no network code
  return readUrl(url, { allowPrivate, maxBytes, timeoutMs, ...(signal && { signal }) });
}
