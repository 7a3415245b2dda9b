/** Reads a file up to a limit. Only regular files: a pipe or a device may never end. */
import { open, realpath, stat } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OattyError } from '@oatty/types';
import { decodeText } from './decode-text.ts';
import { limitExceeded } from './limits.ts';
import { sourceNotFound } from './source-location.ts';

/** @throws {OattyError} `SOURCE_NOT_FOUND`, `PATH_NOT_ALLOWED`, `LIMIT_EXCEEDED`, `STORAGE_FAILED` */
export async function readTextFile(url: URL, maxBytes: number): Promise<string> {
  const path = fileURLToPath(url);
  try {
    const facts = await stat(path);
    if (!facts.isFile()) throw notAllowed(path, 'is not a regular file');
    if (facts.size > maxBytes) throw limitExceeded(path, 'maxBytes', maxBytes, facts.size);
    return decodeText(await readBytes(path, facts.size));
  } catch (failure) {
    throw translate(failure, path);
  }
}

/**
 * Keeps a reference inside the directory of the document that started it.
 *
 * @throws {OattyError} `PATH_NOT_ALLOWED` for `..`, absolute paths and links that lead out; `SOURCE_NOT_FOUND`
 */
export async function confineToDirectory(target: URL, root: URL): Promise<URL> {
  const directory = dirname(fileURLToPath(root));
  const path = toPath(target);
  refuseOutside(path, directory);
  try {
    refuseOutside(await realpath(path), directory);
  } catch (failure) {
    throw translate(failure, path);
  }
  return target;
}

// --- internal ---

async function readBytes(path: string, size: number): Promise<Buffer> {
  await using file = await open(path);
  const buffer = Buffer.allocUnsafeSlow(size + 1); // one more, to see growth
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length);
    length += bytesRead;
    if (length > size) throw new OattyError('STORAGE_FAILED', `"${path}" changed while it was read.`);
    if (bytesRead === 0) return buffer.subarray(0, length);
  }
}

function toPath(target: URL): string {
  try {
    return fileURLToPath(target);
  } catch (failure) {
    // `%zz` is the name of no file; `%2F` and hosts are ways out of the directory.
    throw failure instanceof URIError
      ? sourceNotFound(target.href)
      : notAllowed(target.href, 'is not a plain file path');
  }
}

function refuseOutside(path: string, directory: string): void {
  const steps = relative(directory, path);
  if (steps === '..' || steps.startsWith(`..${sep}`) || steps === path) {
    throw notAllowed(path, `lies outside "${directory}", the directory of the description`, {
      suggestedAction: 'Put all files below the directory of the description, or bundle them into one file.',
    });
  }
}

function notAllowed(path: string, reason: string, advice?: { suggestedAction: string }): OattyError {
  return new OattyError('PATH_NOT_ALLOWED', `"${path}" ${reason}.`, { context: { path }, ...advice });
}

function translate(failure: unknown, path: string): unknown {
  if (!(failure instanceof Error) || failure instanceof OattyError || !('code' in failure)) return failure;
  switch (failure.code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
    case 'ERR_INVALID_ARG_VALUE': // a NUL in the name
      return sourceNotFound(path);
    default:
      return new OattyError('STORAGE_FAILED', `"${path}" cannot be read.`, {
        cause: failure,
        context: { path },
      });
  }
}
