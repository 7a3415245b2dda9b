/** Where a description is: one URL for files and addresses, and how it is named in messages. */
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { OattyError, type SourceType } from '@oatty/types';

export interface SourceLocation {
  readonly sourceType: SourceType;
  /** `file:` with links resolved, `http:` or `https:`; never a fragment. */
  readonly url: URL;
}

/** @throws {OattyError} `ARGUMENT_INVALID`, `SOURCE_NOT_FOUND` */
export async function locateSource(
  source: string,
  sourceType: SourceType | undefined,
  cwd: string,
): Promise<SourceLocation> {
  if (source.trim() === '')
    throw new OattyError('ARGUMENT_INVALID', 'The source of the description is empty.');
  const type = sourceType ?? (/^https?:\/\//i.test(source) ? 'url' : 'path');
  return { sourceType: type, url: type === 'url' ? toUrl(source) : await toFileUrl(source, cwd) };
}

/** The source as it may be shown and stored: an address without its user name and password. */
export function withoutCredentials(source: string): string {
  if (!URL.canParse(source)) return source;
  const url = new URL(source);
  if (url.username === '' && url.password === '') return source;
  url.username = '';
  url.password = '';
  return url.href;
}

/** How a location is named in messages: a path for files, an address without credentials for the rest. */
export function displayLocation(url: URL): string {
  return url.protocol === 'file:' ? fileURLToPath(url) : withoutCredentials(url.href);
}

export function sourceNotFound(name: string): OattyError {
  return new OattyError('SOURCE_NOT_FOUND', `There is nothing at "${name}".`, { context: { source: name } });
}

// --- internal ---

function toUrl(source: string): URL {
  if (!URL.canParse(source) || !/^https?:$/.test(new URL(source).protocol)) {
    throw new OattyError(
      'ARGUMENT_INVALID',
      `"${withoutCredentials(source)}" is not an http or https address.`,
    );
  }
  const url = new URL(source);
  url.hash = '';
  return url;
}

async function toFileUrl(source: string, cwd: string): Promise<URL> {
  try {
    const path = source.startsWith('file://') ? fileURLToPath(source) : source;
    return pathToFileURL(await realpath(resolve(cwd, path)));
  } catch {
    throw sourceNotFound(source);
  }
}
